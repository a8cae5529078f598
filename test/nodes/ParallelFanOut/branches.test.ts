import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FAN_OUT, FLASH, HAIKU, MINI, models, underTest } from '../shared/underTest';

const host = underTest();

const ONCE = { reliability: { maxRetries: 0 } };
const answersOf = (item: IDataObject | undefined) => (item?.answers ?? []) as IDataObject[];
const ask = async (rows: Parameters<typeof models>, more: object = {}) => {
	const run = await host.run(FAN_OUT, { candidates: models(...rows), ...ONCE, ...more }, [
		{ prompt: 'What is the capital of France?', topic: 'rivers' },
	]);
	return { run, answers: answersOf(jsonOf(run, 'Node')[0]) };
};

describe('prompt and perspective', () => {
	test('a branch is asked its own prompt, per item, and the others the prompt of the node', async () => {
		host.sandbox.setFault({ promptIncludes: 'Tell me about rivers' }, '500');
		const { answers } = await ask([
			MINI,
			{ id: HAIKU, prompt: '=Tell me about {{ $json.topic }}' },
			{ id: FLASH, prompt: '' },
		]);
		expect(answers.map(({ status }) => status)).toEqual(['ok', 'failed', 'ok']);
		const digests = host.sandbox.calls().map(({ model, promptDigest }) => [model, promptDigest]);
		const digestOf = Object.fromEntries(digests) as Record<string, string>;
		const bare = (id: string) => id.slice(id.indexOf('/') + 1);
		expect(digestOf[bare(FLASH)]).toBe(digestOf[bare(MINI)]);
		expect(digestOf[bare(HAIKU)]).not.toBe(digestOf[bare(MINI)]);
	});

	test('a branch sees its perspective in addition to the system prompt', async () => {
		host.sandbox.setFault({ promptIncludes: 'Be brief.\n\nYou are a lawyer.' }, '500');
		const { answers } = await ask([MINI, { id: MINI, perspective: 'You are a lawyer.' }], {
			systemPrompt: 'Be brief.',
		});
		expect(answers.map(({ status }) => status)).toEqual(['ok', 'failed']);
	});

	test('one model may give several perspectives', async () => {
		const { answers, run } = await ask(
			['lawyer', 'engineer', 'nurse'].map((role) => ({
				id: MINI,
				label: role,
				perspective: `You are a ${role}.`,
			})),
		);
		expect(answers.map(({ label, status }) => [label, status])).toEqual([
			['lawyer', 'ok'],
			['engineer', 'ok'],
			['nurse', 'ok'],
		]);
		expect(host.sandbox.calls()).toHaveLength(3);
		expect(JSON.stringify(run.hints.Node)).not.toContain('was not asked');
	});

	test('its own prompt takes the place of the last message of a conversation', async () => {
		host.sandbox.setFault({ promptIncludes: 'And in Spain?' }, '500');
		const messages = [
			{ role: 'user', content: 'What is the capital of France?' },
			{ role: 'assistant', content: 'Paris' },
			{ role: 'user', content: 'And in Italy?' },
		];
		const { answers } = await ask([MINI, { id: HAIKU, prompt: 'And in Spain?' }], {
			inputType: 'messages',
			messages: JSON.stringify(messages),
		});
		expect(answers.map(({ status }) => status)).toEqual(['ok', 'failed']);
	});
});

describe('samples', () => {
	test('asks one model several times and lists each answer', async () => {
		const { answers } = await ask([{ id: MINI, samples: 3, label: 'Mini' }, HAIKU]);
		expect(answers.map(({ label }) => label)).toEqual(['Mini #1', 'Mini #2', 'Mini #3', HAIKU]);
		expect(answers.map(({ alias }) => alias).sort()).toEqual(['A', 'B', 'C', 'D']);
		expect(host.sandbox.calls()).toHaveLength(4);
	});

	test('each sample is stored on its own, so that more samples cost only what is new', async () => {
		await ask([{ id: MINI, samples: 3 }]);
		expect(host.sandbox.calls()).toHaveLength(3);
		const again = await ask([{ id: MINI, samples: 4 }]);
		expect(again.answers.map(({ cache }) => cache)).toEqual(['hit', 'hit', 'hit', 'miss']);
		const single = await ask([MINI]);
		expect(single.answers.map(({ cache }) => cache)).toEqual(['hit']);
		expect(host.sandbox.calls()).toHaveLength(4);
	});
});

describe('backup', () => {
	const broken = `${MINI}--fault-503`;

	test('a backup answers in the place of the model, within its branch', async () => {
		const { answers } = await ask([{ id: broken, backupModel: FLASH, label: 'First' }, HAIKU]);
		expect(answers[0]).toMatchObject({
			label: 'First',
			model: FLASH,
			status: 'ok',
			attempts: [
				{ model: broken, outcome: 'overloaded' },
				{ model: FLASH, outcome: 'ok' },
			],
		});
		expect(answers[1]).toMatchObject({ model: HAIKU, status: 'ok' });
	});

	test('a backup that another branch asks already is left out, with the reason', async () => {
		const { answers, run } = await ask([{ id: broken, backupModel: HAIKU }, HAIKU]);
		const reason = `as the backup of ${broken}: another branch asks it already`;
		expect(answers[0]).toMatchObject({
			status: 'failed',
			skipped: [{ model: HAIKU, reason }],
		});
		expect(run.hints.Node?.map(({ message }) => message)).toContain(
			`${HAIKU} was not asked: ${reason}`,
		);
		expect(host.sandbox.calls()).toHaveLength(2);
	});

	test('of two branches that want the same backup the first gets it', async () => {
		const { answers } = await ask([
			{ id: broken, backupModel: FLASH },
			{ id: `${HAIKU}--fault-503`, backupModel: FLASH },
		]);
		expect(answers.map(({ status }) => status)).toEqual(['ok', 'failed']);
		expect(answers[1]).toMatchObject({
			skipped: [
				{ model: FLASH, reason: expect.stringContaining('another branch asks it already') },
			],
		});
	});

	test('a backup answers for a model whose vendor has no credential', async () => {
		const { multiModelOpenAiApi } = host.credentials;
		const run = await host.run(
			FAN_OUT,
			{ candidates: models({ id: HAIKU, backupModel: MINI }) },
			[{ prompt: 'hi' }],
			{ credentials: { multiModelOpenAiApi } },
		);
		expect(answersOf(jsonOf(run, 'Node')[0])).toMatchObject([
			{
				label: HAIKU,
				model: MINI,
				status: 'ok',
				skipped: [{ model: HAIKU, reason: 'no Anthropic credential is selected' }],
			},
		]);
	});

	test('nobody stands in for a row that is listed twice', async () => {
		const { answers } = await ask([MINI, { id: MINI, backupModel: FLASH }]);
		expect(answers.map(({ status }) => status)).toEqual(['ok', 'skipped']);
		expect(host.sandbox.calls()).toHaveLength(1);
	});
});
