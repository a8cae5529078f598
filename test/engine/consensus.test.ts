import { consensusRoute, consensusSchema, routeChat, splitTiers } from '../../engine/index';
import type { ConsensusOptions, Plan, Route } from '../../engine/index';
import {
	ask,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type Scripted,
} from '../support/scriptedEngine';

const ONE = { ...candidate('one'), tier: 'fast' as const };
const TWO = { ...candidate('two'), tier: 'fast' as const };
const THREE = { ...candidate('three'), tier: 'fast' as const };
const STRONG = { ...candidate('large'), tier: 'strong' as const };

function routeOf(
	panel = [ONE, TWO],
	options: Partial<ConsensusOptions> = {},
	changes: Partial<Plan> = {},
): Route {
	const plan = planOf([...panel, STRONG], changes);
	const tiers = splitTiers(plan.candidates, () => undefined);
	return consensusRoute(plan, tiers, consensusSchema.parse(options));
}

const engineOf = (one: Scripted, two: Scripted, three: Scripted = '') =>
	scriptedEngine({ one: [one], two: [two], three: [three], large: ['The answer is 7.'] });

test('answers that agree are taken, and the strong model is not asked', async () => {
	const engine = engineOf('So the answer is 42.', 'The answer is $42.00.');
	const { response, trace } = await engine.clock.run(routeChat(ask(), routeOf(), engine.run));
	expect(response.text).toBe('So the answer is 42.');
	expect(trace.route).toMatchObject({
		strategy: 'consensus',
		reason: 'openai/one and openai/two agree',
	});
	expect(trace.attempts.map(({ model, purpose }) => [model, purpose])).toEqual([
		['openai/one', 'vote'],
		['openai/two', 'vote'],
	]);
});

test('answers that disagree ask the strong model, and the reason says who said what', async () => {
	const engine = engineOf('The answer is 42.', 'The answer is 41.');
	const { response, answeredBy, trace } = await engine.clock.run(
		routeChat(ask(), routeOf(), engine.run),
	);
	expect({ text: response.text, answeredBy }).toEqual({
		text: 'The answer is 7.',
		answeredBy: 'openai/large',
	});
	expect(trace.route.reason).toBe('escalated: openai/one against openai/two');
	expect(trace.attempts).toHaveLength(3);
	expect(trace.costUsd).toBeCloseTo(60e-6, 12);
});

test('two of three are not consensus', async () => {
	const engine = engineOf('The answer is 42.', 'The answer is 42.', 'The answer is 1.');
	const { answeredBy } = await engine.clock.run(
		routeChat(ask(), routeOf([ONE, TWO, THREE]), engine.run),
	);
	expect(answeredBy).toBe('openai/large');
});

test('the panel is asked at the same time', async () => {
	const slow = { afterMs: 1000, reply: 'The answer is 42.' };
	const engine = engineOf(slow, slow);
	const { trace } = await engine.clock.run(routeChat(ask(), routeOf(), engine.run));
	expect(trace.latencyMs).toBe(1000);
});

test('a voice that is missing is no agreement', async () => {
	const engine = engineOf('The answer is 42.', failure('quota', { status: 429 }));
	const { answeredBy, trace } = await engine.clock.run(routeChat(ask(), routeOf(), engine.run));
	expect(answeredBy).toBe('openai/large');
	expect(trace.route.reason).toBe('escalated: 1 of 2 models gave no answer');
});

test('a wrong key of one voice is seen, with what the other one cost', async () => {
	const engine = engineOf('The answer is 42.', failure('authentication', { status: 401 }));
	await expect(engine.clock.run(routeChat(ask(), routeOf(), engine.run))).rejects.toMatchObject({
		code: 'ALL_CANDIDATES_FAILED',
		trace: { attempts: { length: 2 } },
	});
});

test('numbers within the tolerance agree', async () => {
	const engine = engineOf('The answer is 100.', 'The answer is 101.');
	const { answeredBy } = await engine.clock.run(
		routeChat(
			ask(),
			routeOf([ONE, TWO], { extract: 'finalNumber', relativeTolerance: 0.02 }),
			engine.run,
		),
	);
	expect(answeredBy).toBe('openai/one');
});

test('JSON documents are compared by what they hold', async () => {
	const engine = engineOf('{"city": "Rome", "year": 1}', '```json\n{"year":1,"city":"Rome"}\n```');
	const { response, answeredBy } = await engine.clock.run(
		routeChat({ ...ask(), outputFormat: 'json' }, routeOf(), engine.run),
	);
	expect({ data: response.data, answeredBy }).toEqual({
		data: { city: 'Rome', year: 1 },
		answeredBy: 'openai/one',
	});
});

test('one attempt budget holds over the panel and the strong tier', async () => {
	const down = failure('server', { status: 500 });
	const engine = scriptedEngine({ one: [down], two: [down], large: [down] });
	const retry = { maxRetries: 9, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 };
	await expect(
		engine.clock.run(routeChat(ask(), routeOf([ONE, TWO], {}, { retry }), engine.run)),
	).rejects.toMatchObject({ trace: { attempts: { length: 8 } } });
	expect(engine.calls).toHaveLength(8);
});

test('Stop ends the whole panel', async () => {
	const engine = engineOf({ afterMs: 9000, reply: 'x' }, { afterMs: 9000, reply: 'y' });
	const answer = routeChat(ask(), routeOf(), engine.run);
	setImmediate(() => engine.stop.abort());
	await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
	expect(engine.calls.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('one fast model is no panel, and too few attempts are refused', () => {
	expect(() => routeOf([ONE])).toThrow('Consensus needs two fast models and a strong one');
	const retry = { maxRetries: 0, maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
	expect(() => routeOf([ONE, TWO], {}, { retry })).toThrow(
		'Consensus of 2 models needs 3 attempts per item, got 2',
	);
});
