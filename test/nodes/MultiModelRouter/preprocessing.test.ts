import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { digestOf } from '../shared/receivedPrompt';
import { HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

/** A window of 16,385 tokens, by the catalogue. */
const SMALL = 'openai/gpt-3.5-turbo';
const LONG = 'The quick brown fox jumps over the lazy dog. '.repeat(3_000);

const digests = () => host.sandbox.calls().map(({ promptDigest }) => promptDigest);
const usageOf = (item: IDataObject | undefined) => item?.usage as { inputTokens: number };

const SECTIONS = {
	parts: {
		role: 'You are a translator.',
		context: 'The shop sells tea.',
		format: 'One line.',
		examples: {
			values: [
				{ input: 'Danke', output: 'Thank you' },
				{ input: '', output: '' },
			],
		},
	},
};

const FOR_CLAUDE = `<context>
The shop sells tea.
</context>

<examples>
<example>
<input>
Danke
</input>
<output>
Thank you
</output>
</example>
</examples>

<format>
One line.
</format>

<task>
Translate: Guten Tag
</task>`;

const FOR_GPT = `# Task

Translate: Guten Tag

# Format

One line.

# Examples

## Example 1

### Input

Danke

### Output

Thank you

# Context

The shop sells tea.`;

test.each([
	{ model: MINI, user: FOR_GPT },
	{ model: HAIKU, user: FOR_CLAUDE },
])('writes the sections for $model in its form', async ({ model, user }) => {
	const run = await host.run(
		ROUTER,
		{ candidates: models(model), preprocessing: { sections: SECTIONS } },
		[{ prompt: 'Translate: Guten Tag' }],
	);
	expect(jsonOf(run, 'Node')).toMatchObject([{ model }]);
	expect(digests()).toEqual([digestOf('You are a translator.', user)]);
});

test('the next vendor gets the same content in its own form', async () => {
	const candidates = models(`${MINI}--fault-503`, HAIKU);
	const preprocessing = { sections: SECTIONS };
	await host.run(
		ROUTER,
		{ candidates, preprocessing, systemPrompt: 'Be kind.', reliability: { maxRetries: 0 } },
		[{ prompt: 'Translate: Guten Tag' }],
	);
	const system = 'You are a translator.\n\nBe kind.';
	expect(digests()).toEqual([digestOf(system, FOR_GPT), digestOf(system, FOR_CLAUDE)]);
});

test('a task takes the place of the prompt, evaluated for each item', async () => {
	const preprocessing = { sections: { parts: { task: '={{ $json.task }}', context: 'C' } } };
	await host.run(ROUTER, { prompt: '', preprocessing }, [{ task: 'one' }, { task: 'two' }]);
	expect([...digests()].sort()).toEqual(
		['one', 'two'].map((task) => digestOf(`# Task\n\n${task}\n\n# Context\n\nC`)).sort(),
	);
});

test('sections stand around the last message of a conversation', async () => {
	const messages = [
		{ role: 'user', content: 'Hello' },
		{ role: 'assistant', content: 'Hi' },
		{ role: 'user', content: 'Bye' },
	];
	const preprocessing = { sections: { parts: { format: 'One word.' } } };
	await host.run(ROUTER, { inputType: 'messages', messages, preprocessing }, [{}]);
	expect(digests()).toEqual([digestOf('Hello', 'Hi', '# Task\n\nBye\n\n# Format\n\nOne word.')]);
});

test('a stored answer belongs to its sections', async () => {
	const asked = async (context: string) =>
		jsonOf(
			await host.run(ROUTER, { preprocessing: { sections: { parts: { context } } } }, [
				{ prompt: 'What is sold?' },
			]),
			'Node',
		)[0]?.cache;
	expect(await asked('Tea.')).toBe('miss');
	expect(await asked('Coffee.')).toBe('miss');
	expect(await asked('Tea.')).toBe('hit');
});

test('reads HTML and brings text into one spelling when asked to', async () => {
	const prompt = 'Sum up:\n\n<p>Cafe\u0301 &amp; Bar</p><script>x()</script>\u200b  \r\n';
	await host.run(ROUTER, { preprocessing: { htmlToText: true, normalize: true } }, [{ prompt }]);
	expect(digests()).toEqual([digestOf('Sum up:\n\nCafé & Bar')]);
	host.sandbox.clearCalls();
	await host.run(ROUTER, {}, [{ prompt }]);
	expect(digests()).toEqual([digestOf(prompt)]);
});

test('asks a model with a larger window before anything is cut', async () => {
	const run = await host.run(
		ROUTER,
		{ candidates: models(SMALL, MINI), preprocessing: { overflow: 'keepStart' } },
		[{ prompt: LONG }],
	);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model: MINI, route: { skipped: [{ model: SMALL }] } });
	expect(item).not.toHaveProperty('warnings');
	expect(digests()).toEqual([digestOf(LONG)]);
});

test.each(['keepStart', 'keepEnd', 'keepBoth'])(
	'%s cuts what no listed model takes whole, and says so',
	async (overflow) => {
		const run = await host.run(ROUTER, { candidates: models(SMALL), preprocessing: { overflow } }, [
			{ prompt: `First. ${LONG} Last.` },
		]);
		const [item] = jsonOf(run, 'Node');
		expect(usageOf(item).inputTokens).toBeGreaterThan(9_000);
		// The sandbox counts some more than is estimated; the room for an answer holds that too.
		expect(usageOf(item).inputTokens).toBeLessThan(14_500);
		const warning = expect.stringMatching(
			/^The last user message was cut from about [23]\d,\d{3} to 1\d,\d{3} tokens/,
		);
		expect(item?.warnings).toEqual([warning]);
		expect(run.hints.Node?.map(({ message }) => message)).toContainEqual(warning);
	},
);

test('without an overflow strategy says what can be done, before any call', async () => {
	const run = await host.run(ROUTER, { candidates: models(SMALL) }, [{ prompt: LONG }]);
	expect(run.error?.message).toMatch(/the request needs about [23]\d,\d{3} tokens/);
	expect((run.error as { description?: string }).description).toContain(
		'set Overflow under Preprocessing',
	);
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('keeps to Max Input Tokens on every item', async () => {
	const run = await host.run(
		ROUTER,
		{ preprocessing: { maxInputTokens: '={{ $json.limit }}', overflow: 'keepEnd' } },
		[
			{ prompt: LONG, limit: 500 },
			{ prompt: LONG, limit: 2_000 },
			{ prompt: 'short', limit: 500 },
		],
	);
	const items = jsonOf(run, 'Node');
	expect(usageOf(items[0]).inputTokens).toBeLessThan(600);
	expect(usageOf(items[1]).inputTokens).toBeGreaterThan(1_500);
	expect(usageOf(items[1]).inputTokens).toBeLessThan(2_400);
	expect(items[2]).not.toHaveProperty('warnings');
});

describe('a cascade', () => {
	const preprocessing = { overflow: 'keepStart' };

	test('escalates a text that is too long for the fast tier, whole', async () => {
		const candidates = models({ id: SMALL, tier: 'fast' }, { id: MINI, tier: 'strong' });
		const run = await host.run(ROUTER, { strategy: 'cascade', candidates, preprocessing }, [
			{ prompt: LONG },
		]);
		expect(jsonOf(run, 'Node')).toMatchObject([{ model: MINI }]);
		expect(digests()).toEqual([digestOf(LONG)]);
	});
});
