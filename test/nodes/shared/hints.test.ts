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
	]);
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
