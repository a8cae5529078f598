import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { digestOf } from '../shared/receivedPrompt';
import { FAN_OUT, FLASH, HAIKU, MINI, models, underTest } from '../shared/underTest';

const host = underTest();

const digests = () =>
	Object.fromEntries(
		host.sandbox.calls().map(({ vendor, promptDigest }) => [vendor, promptDigest]),
	);
const answersOf = (item: IDataObject | undefined) => (item?.answers ?? []) as IDataObject[];

test('writes the same sections for each vendor in its form', async () => {
	const sections = { parts: { role: 'A guide', context: 'C', format: 'F' } };
	await host.run(FAN_OUT, { candidates: models(MINI, HAIKU, FLASH), preprocessing: { sections } }, [
		{ prompt: 'T' },
	]);
	expect(digests()).toEqual({
		openai: digestOf('A guide', '# Task\n\nT\n\n# Format\n\nF\n\n# Context\n\nC'),
		anthropic: digestOf(
			'A guide',
			'<context>\nC\n</context>\n\n<format>\nF\n</format>\n\n<task>\nT\n</task>',
		),
		google: digestOf('A guide', '# Context\n\nC\n\n# Format\n\nF\n\n# Task\n\nT'),
	});
});

test('cuts a long text for the model that cannot take it, and for no other', async () => {
	const prompt = 'The quick brown fox jumps over the lazy dog. '.repeat(3_000);
	const run = await host.run(
		FAN_OUT,
		{ candidates: models('openai/gpt-3.5-turbo', HAIKU), preprocessing: { overflow: 'keepBoth' } },
		[{ prompt }],
	);
	const [small, large] = answersOf(jsonOf(run, 'Node')[0]);
	expect(small).toMatchObject({
		status: 'ok',
		warnings: [expect.stringMatching(/^The last user message was cut .*\(keepBoth\)/)],
	});
	expect(large).toMatchObject({ status: 'ok' });
	expect(large).not.toHaveProperty('warnings');
	expect(digests().anthropic).toBe(digestOf(prompt));
});

test('refuses an input above Max Input Tokens before any call', async () => {
	const run = await host.run(FAN_OUT, { preprocessing: { maxInputTokens: 50 } }, [
		{ prompt: 'word '.repeat(500) },
	]);
	expect(run.error?.message).toMatch(/about \d+ tokens, Max Input Tokens allows 50/);
	expect(host.sandbox.calls()).toHaveLength(0);
});
