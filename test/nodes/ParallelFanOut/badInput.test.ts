import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import { FAN_OUT, FLASH, HAIKU, MINI, models, underTest } from '../shared/underTest';

const host = underTest();

const CASES: Array<{ what: string; parameters: INodeParameters; message: string }> = [
	{
		what: 'a Wait For that does not exist',
		parameters: { waitFor: 'most' },
		message: 'Wait For must be one of agreement, all, first, quorum, got "most"',
	},
	{
		what: 'a quorum of 0',
		parameters: { waitFor: 'quorum', quorum: 0 },
		message: 'Quorum must be at least 1, got 0',
	},
	{
		what: 'a quorum that is no whole number',
		parameters: { waitFor: 'quorum', quorum: 1.5 },
		message: 'Quorum must be a whole number, got 1.5',
	},
	{
		what: 'a quorum that cannot be reached',
		parameters: { waitFor: 'quorum', quorum: 3 },
		message: 'Quorum must be at most the number of models that can be asked, which is 2, got 3',
	},
	{
		what: 'a minimum above the quorum',
		parameters: { waitFor: 'quorum', quorum: 1, minAnswers: 2 },
		message: 'Minimum Answers must be at most Quorum, which is 1, got 2',
	},
	{
		what: 'an Extract that does not exist',
		parameters: { waitFor: 'agreement', extract: 'number' },
		message: 'Extract must be one of auto, choiceLetter, finalNumber, wholeText, got "number"',
	},
	{
		what: '0 samples',
		parameters: { candidates: models(MINI, { id: HAIKU, samples: 0 }) },
		message: 'Model 2 > Settings: Samples must be at least 1, got 0',
	},
	{
		what: 'too many samples',
		parameters: { candidates: models({ id: MINI, samples: 101 }) },
		message: 'Model 1 > Settings: Samples must be at most 100, got 101',
	},
	{
		what: 'a perspective that is no text',
		parameters: { candidates: models({ id: MINI, perspective: '={{ 7 }}' }) },
		message: 'Model 1 > Settings: Perspective must be text, got 7',
	},
	{
		what: 'a prompt whose expression gives nothing',
		parameters: { candidates: models({ id: MINI, prompt: '={{ $json.none }}' }) },
		message: 'Model 1 > Settings: Prompt must have a value, got nothing',
	},
	{
		what: 'a backup that is no model ID',
		parameters: { candidates: models({ id: MINI, backupModel: 'gpt-4o' }) },
		message: 'Model 1 > Settings: Backup Model must be provider/model, got "gpt-4o"',
	},
	{
		what: 'a backup of a vendor that is not ticked',
		parameters: {
			providers: ['openai', 'anthropic'],
			candidates: models({ id: MINI, backupModel: FLASH }),
		},
		message: `Model 1 > Settings: Backup Model is ${FLASH}, but Google Gemini is not ticked under Providers`,
	},
	{
		what: 'no room for branches',
		parameters: { limits: { branchConcurrency: 0 } },
		message: 'Limits: Concurrency (Branches) must be at least 1, got 0',
	},
	{
		what: 'a cost limit of 0',
		parameters: { limits: { maxCostPerItemUsd: 0 } },
		message: 'Limits: Max Cost per Item (USD) must be more than 0, got 0',
	},
	{
		what: 'an Output Mode that does not exist',
		parameters: { outputMode: 'all' },
		message: 'Output Mode must be one of perInput, perAnswer, got "all"',
	},
];

test.each(CASES)('refuses $what before any call', async ({ parameters, message }) => {
	const run = await host.run(FAN_OUT, parameters, [{ prompt: 'hello' }]);
	expect(run.error?.message).toBe(message);
	expect((run.error as NodeApiError | undefined)?.description).toMatch(/^[A-Z].*\.$/);
	expect(host.sandbox.calls()).toHaveLength(0);
});
