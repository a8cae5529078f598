import type { INode } from 'n8n-workflow';
import { AllCandidatesFailedError, type AttemptRecord } from '../../../engine/index';
import { failureFacts, runHints, type ItemFacts } from '../../../nodes/shared/hints';

const NODE: INode = {
	id: '1',
	name: 'Node',
	type: 'n8n-nodes-multi-model.multiModelRouter',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const attempt = (facts: Partial<AttemptRecord>): AttemptRecord => ({
	model: 'openai/a',
	attempt: 1,
	outcome: 'ok',
	latencyMs: 100,
	...facts,
});

const item = (facts: Partial<ItemFacts>): ItemFacts => ({
	answers: [{ cache: 'miss' }],
	attempts: [attempt({})],
	costUsd: 0.001,
	failures: 0,
	warnings: [],
	droppedKeys: [],
	...facts,
});

const messages = (facts: readonly ItemFacts[], node = NODE) =>
	runHints(facts, node).map(({ message }) => message);

test('sums up answers, calls, cost and the slowest model in one line', () => {
	const slow = attempt({ model: 'anthropic/b', latencyMs: 1234 });
	const failed = attempt({ model: 'openai/a', outcome: 'server', latencyMs: 9000 });
	expect(messages([item({}), item({ attempts: [failed, slow], costUsd: 0.0123 })])).toEqual([
		'2 answers · 3 calls · $0.0133 · slowest anthropic/b (1.2 s)',
	]);
});

test('tells how many answers came from the cache and how to ask again', () => {
	const hit = item({ answers: [{ cache: 'hit' }], attempts: [], costUsd: 0 });
	const joined = item({ answers: [{ cache: 'joined' }], attempts: [], costUsd: 0 });
	expect(messages([item({}), hit, hit, joined])[0]).toBe(
		'4 answers · 1 call · $0.00100 · slowest openai/a (0.1 s) · 1 shared the call of an identical item · 2 from the cache (Caching > Ask Again refreshes them)',
	);
});

test('never counts an unknown cost as nothing', () => {
	expect(messages([item({ costUsd: undefined })])[0]).toContain('cost unknown');
	expect(messages([item({}), item({ costUsd: undefined })])[0]).toContain(
		'$0.00100 and an unknown cost of 1 item',
	);
});

test('counts failed items and what their calls cost', () => {
	const error = new AllCandidatesFailedError('all failed', 'wait', {
		attempts: [attempt({ outcome: 'server' }), attempt({ outcome: 'server' })],
		route: { strategy: 'priority', reason: '', skipped: [] },
		cache: 'miss',
		latencyMs: 10,
		costUsd: 0.5,
		warnings: ['careful'],
	});
	expect(messages([failureFacts(error)])).toEqual([
		'0 answers · 2 calls · $0.500 · 1 failed',
		'careful',
		'Not in the catalogue of models, so check the spelling: openai/a.',
	]);
});

test('says how much of the cost is for calls that gave no answer', () => {
	const discarded = item({ costUsd: 0.003, discardedCostUsd: 0.001 });
	expect(messages([item({}), discarded])[0]).toContain(
		'$0.00400 ($0.00100 of it for calls that gave no answer)',
	);
	const unknown = item({ costUsd: undefined });
	expect(messages([discarded, unknown])[0]).toContain(
		'$0.00300 ($0.00100 of it for calls that gave no answer) and an unknown cost of 1 item',
	);
	const failed = failureFacts(
		new AllCandidatesFailedError('all failed', 'wait', {
			attempts: [attempt({ outcome: 'truncated', costUsd: 0.002 })],
			route: { strategy: 'priority', reason: '', skipped: [] },
			cache: 'miss',
			latencyMs: 10,
			costUsd: 0.002,
			warnings: [],
		}),
	);
	expect(messages([failed])[0]).toContain('$0.00200 ($0.00200 of it for calls that gave no');
});

describe('models that a builder listed', () => {
	const OLD = ['openai/gpt-4o-mini-2024-07-18', 'anthropic/claude-3-5-haiku-20241022'];

	test('are named once for the run, in one line, when they are deprecated', () => {
		const facts = [item({ modelIds: OLD }), item({ modelIds: [...OLD, 'openai/gpt-6-luna'] })];
		expect(messages(facts).slice(1)).toEqual([
			`Deprecated by the vendor, so they may stop answering: ${OLD.join(', ')}. Choose current models from the list.`,
		]);
	});

	test('are named when the catalogue does not know them and they never answered', () => {
		const modelIds = ['openai/gpt-6-lunaa', 'google/brand-new', 'local/llama3', 'connected/1'];
		expect(messages([item({ modelIds })])[1]).toBe(
			'Not in the catalogue of models, so check the spelling: openai/gpt-6-lunaa (did you mean openai/gpt-6-luna?), google/brand-new.',
		);
		const answers = modelIds.map((model) => attempt({ model }));
		expect(messages([item({ modelIds, attempts: answers })])).toHaveLength(1);
	});

	test('are not all named when there are many', () => {
		const modelIds = Array.from({ length: 8 }, (_, index) => `openai/unheard-of-${index}`);
		expect(messages([item({ modelIds })])[1]).toMatch(/unheard-of-4 and 3 more\.$/);
	});
});

test('gives each warning once and not more than five', () => {
	const many = item({ warnings: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
	const hints = runHints([many, many], NODE);
	expect(hints.slice(1).map(({ message }) => message)).toEqual([
		...['a', 'b', 'c', 'd', 'e'],
		'2 further warnings in the items',
	]);
	expect(hints.slice(1).every(({ type }) => type === 'warning')).toBe(true);
});

test('warns when Retry On Fail is on', () => {
	expect(messages([item({})], { ...NODE, retryOnFail: true })[1]).toMatch(/^Retry On Fail is on/);
});

test('names input fields that had to go', () => {
	expect(messages([item({ droppedKeys: ['error', 'tokenUsage'] })])[1]).toMatch(
		/^Input fields error, tokenUsage left out/,
	);
});

test('says nothing for a run without items', () => {
	expect(runHints([], NODE)).toEqual([]);
});
