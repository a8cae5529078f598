/** What a streaming chat or webhook is sent, through n8n's own execution loop. */
import type { IDataObject, INode, INodeParameters, StructuredChunk } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { FLASH, HAIKU, MINI, models, router, ROUTER, underTest } from '../shared/underTest';

const host = underTest();
const PROMPT = 'Write three sentences about the sea.';

async function streamed(
	parameters: INodeParameters,
	items: readonly IDataObject[] = [{ prompt: PROMPT }],
	node: Partial<INode> = {},
) {
	const chunks: StructuredChunk[] = [];
	const onChunk = (chunk: StructuredChunk) => void chunks.push(chunk);
	const run = await host.run(ROUTER, parameters, items, { onChunk, node });
	return { run, chunks, items: jsonOf(run, 'Node') };
}

/** `begin 0`, `item 0 ×12`, `end 0`: what came, in order. */
function outline(chunks: readonly StructuredChunk[]): string[] {
	const lines: Array<{ what: string; times: number }> = [];
	for (const { type, metadata } of chunks) {
		const what = `${type} ${metadata.itemIndex}`;
		const last = lines.at(-1);
		if (last?.what === what) last.times++;
		else lines.push({ what, times: 1 });
	}
	return lines.map(({ what, times }) => (times === 1 ? what : `${what} ×${times}`));
}

const textOf = (chunks: readonly StructuredChunk[], itemIndex = 0) =>
	chunks
		.filter(({ type, metadata }) => type === 'item' && metadata.itemIndex === itemIndex)
		.map(({ content }) => content)
		.join('');

test.each([{ model: MINI }, { model: HAIKU }, { model: FLASH }])(
	'sends the answer of $model in pieces, and the item is what it is without a stream',
	async ({ model }) => {
		const parameters = { candidates: models(model), caching: { mode: 'off' } };
		const plain = jsonOf(await host.run(ROUTER, parameters, [{ prompt: PROMPT }]), 'Node');
		host.sandbox.reset();
		const { chunks, items } = await streamed(parameters);
		expect(outline(chunks)).toEqual(['begin 0', expect.stringMatching(/^item 0 ×\d+$/), 'end 0']);
		expect(chunks.length).toBeGreaterThan(5);
		expect(textOf(chunks)).toBe(items[0]?.text);
		expect(chunks[0]?.metadata).toMatchObject({ nodeName: 'Node', runIndex: 0, itemIndex: 0 });
		const timeless = ({ latencyMs: _, attempts, ...rest }: IDataObject) => ({
			...rest,
			attempts: (attempts as IDataObject[]).map(({ latencyMs: __, ...attempt }) => attempt),
		});
		expect(items.map(timeless)).toEqual(plain.map(timeless));
		expect(host.sandbox.calls()).toMatchObject([{ stream: true }]);
	},
);

test('asks for no stream where nobody watches', async () => {
	await host.run(ROUTER, {}, [{ prompt: PROMPT }]);
	expect(host.sandbox.calls()).toMatchObject([{ stream: false }]);
});

test('can be switched off for an answer that is only a step on the way', async () => {
	const { chunks, items } = await streamed({ output: { enableStreaming: false } });
	expect(chunks).toEqual([]);
	expect(items[0]?.text).toBeTruthy();
	expect(host.sandbox.calls()).toMatchObject([{ stream: false }]);
});

test('falls back before the first piece, and only the answer is sent', async () => {
	const { chunks, items } = await streamed({
		candidates: models(`${MINI}--fault-503`, HAIKU),
		reliability: { maxRetries: 0 },
	});
	expect(items[0]?.model).toBe(HAIKU);
	expect(textOf(chunks)).toBe(items[0]?.text);
	expect(outline(chunks)).toEqual(['begin 0', expect.stringContaining('item 0'), 'end 0']);
});

describe('a break after the first piece', () => {
	const parameters = {
		candidates: models(`${MINI}--fault-reset-mid-body`, HAIKU),
		reliability: { maxRetries: 2 },
	};

	test('stops the workflow with an error; no other model is asked', async () => {
		const { run, chunks } = await streamed(parameters);
		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(
			/network .*\d+ characters were shown before that: the answer is incomplete/,
		);
		expect(host.sandbox.calls()).toHaveLength(1);
		expect(outline(chunks)).toEqual(['begin 0', expect.stringContaining('item 0 ×'), 'error 0']);
		// n8n's own: it sends the description.
		expect(chunks.at(-1)?.content).toContain('What was shown is not the whole answer.');
	});

	test.each([{ onError: 'continueRegularOutput' }, { onError: 'continueErrorOutput' }] as const)(
		'$onError: the item is an error item, and who watches is told',
		async ({ onError }) => {
			const { run, chunks } = await streamed(parameters, undefined, { onError });
			expect(run.status).toBe('success');
			const output = onError === 'continueErrorOutput' ? 1 : 0;
			const [item] = jsonOf(run, 'Node', output);
			expect(item).toMatchObject({
				error: expect.stringContaining('the answer is incomplete'),
				details: {
					code: 'ALL_CANDIDATES_FAILED',
					attempts: [{ outcome: 'network', shownCharacters: textOf(chunks).length }],
				},
			});
			expect(outline(chunks)).toEqual(['begin 0', expect.stringContaining('item 0 ×'), 'error 0']);
			expect(chunks.at(-1)?.content).toBe(item?.error);
			expect(host.sandbox.calls()).toHaveLength(1);
		},
	);
});

test('an error before the first piece is left to the workflow: nothing is sent', async () => {
	const { run, chunks } = await streamed({ candidates: models(`${MINI}--fault-401`) }, undefined, {
		onError: 'continueErrorOutput',
	});
	expect(jsonOf(run, 'Node', 1)).toHaveLength(1);
	expect(chunks).toEqual([]);
});

test('a stored answer is sent as one piece', async () => {
	await host.run(ROUTER, {}, [{ prompt: PROMPT }]);
	const { chunks, items } = await streamed({});
	expect(items[0]?.cache).toBe('hit');
	expect(outline(chunks)).toEqual(['begin 0', 'item 0', 'end 0']);
	expect(textOf(chunks)).toBe(items[0]?.text);
});

test('several items: one at a time is written live, and no two are mixed', async () => {
	host.sandbox.setLatency({ promptIncludes: 'slow' }, 200);
	const { chunks, items } = await streamed({ candidates: models(MINI) }, [
		{ prompt: 'slow: write three sentences about the sea' },
		{ prompt: 'write three sentences about a hill' },
		{ prompt: 'write three sentences about a lake' },
		{ prompt: 'write three sentences about a hill' },
	]);
	const lines = outline(chunks);
	expect(lines.slice(0, 3)).toEqual(['begin 0', expect.stringMatching(/^item 0 ×/), 'end 0']);
	expect(lines).toHaveLength(12);
	for (const [index, item] of items.entries()) {
		expect(textOf(chunks, index)).toBe(item.text);
		const begin = lines.indexOf(`begin ${index}`);
		expect(lines.slice(begin, begin + 3)).toEqual([
			`begin ${index}`,
			expect.stringMatching(new RegExp(`^item ${index}\\b`)),
			`end ${index}`,
		]);
	}
});

test('one after the other, every item is written live', async () => {
	const items = [{ prompt: 'three sentences about a hill' }, { prompt: 'three about a lake' }];
	await streamed({ limits: { concurrency: 1 } }, items);
	expect(host.sandbox.calls()).toMatchObject([{ stream: true }, { stream: true }]);
});

test('JSON is sent once it was checked, as one piece', async () => {
	const { chunks, items } = await streamed({
		outputFormat: 'json',
		jsonSchema: '{"type": "object", "properties": {"answer": {"type": "string"}}}',
	});
	expect(outline(chunks)).toEqual(['begin 0', 'item 0', 'end 0']);
	expect(JSON.parse(textOf(chunks))).toEqual(items[0]?.data);
	expect(host.sandbox.calls()).toMatchObject([{ stream: false }]);
});

test('a cascade sends the answer that was accepted, never a draft', async () => {
	const { chunks, items } = await streamed({
		strategy: 'cascade',
		candidates: models({ id: MINI, tier: 'fast' }, { id: HAIKU, tier: 'strong' }),
		cascade: { mustMatch: 'never in any answer \\d{20}' },
	});
	expect(items[0]?.model).toBe(HAIKU);
	expect(host.sandbox.calls()).toHaveLength(2);
	expect(outline(chunks)).toEqual(['begin 0', 'item 0', 'end 0']);
	expect(textOf(chunks)).toBe(items[0]?.text);
});

test('as the tool of an agent it answers the agent alone', async () => {
	const chunks: StructuredChunk[] = [];
	await callAsTool(
		ROUTER,
		router,
		{ providers: ['openai'], candidates: models(MINI), prompt: 'Say hello' },
		{},
		{ credentials: host.credentials, onChunk: (chunk) => void chunks.push(chunk) },
	);
	expect(host.sandbox.calls()).toMatchObject([{ stream: false }]);
	expect(chunks).toEqual([]);
});

test('a viewer that cannot be reached costs nobody the answer', async () => {
	const run = await host.run(ROUTER, {}, [{ prompt: PROMPT }], {
		onChunk: () => {
			throw new Error('the viewer has left');
		},
	});
	expect(run.status).toBe('success');
	expect(jsonOf(run, 'Node')[0]?.text).toBeTruthy();
});
