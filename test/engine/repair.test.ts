import { executeChat, type ChatRequest, type EngineError, type Plan } from '../../engine/index';
import { repairRequest } from '../../engine/prompt/repairJson';
import {
	ask,
	CACHED,
	candidate,
	failure,
	planOf,
	scriptedEngine,
	type Scripted,
} from '../support/scriptedEngine';

const A = candidate('a');
const B = candidate('b');
const WRONG = '{"sum": "x"}';
const RIGHT = '{"sum": 42}';
const MISFIT = 'The JSON does not fit the schema at sum: expected a number, got "x"';
const request: ChatRequest = {
	...ask(),
	outputFormat: 'json',
	jsonSchema: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] },
};

function start(script: Readonly<Record<string, readonly Scripted[]>>, plan: Plan) {
	const engine = scriptedEngine(script);
	const answered = async () => await engine.clock.run(executeChat(request, plan, engine.run));
	return { ...engine, answered };
}

async function errorOf(work: Promise<unknown>): Promise<EngineError> {
	return await work.then(
		() => {
			throw new Error('No error was thrown');
		},
		(error: EngineError) => error,
	);
}

test('hands back the answer, the problem and the schema behind what was asked', () => {
	const { messages, ...rest } = repairRequest(request, WRONG, MISFIT);
	expect(rest).toEqual({ outputFormat: 'json', jsonSchema: request.jsonSchema });
	expect(messages.slice(0, -1)).toEqual([
		...request.messages,
		{ role: 'assistant', content: WRONG },
	]);
	expect(messages.at(-1)?.role).toBe('user');
	expect(messages.at(-1)?.content).toContain(`${MISFIT}.`);
	expect(messages.at(-1)?.content).toContain('"required":["sum"]');
});

test('the model that wrote the answer corrects it, and both calls are in the trail and the cost', async () => {
	const { answered, calls } = start({ a: [WRONG, RIGHT] }, planOf([A, B]));
	const { response, answeredBy, trace } = await answered();
	expect(response).toMatchObject({ text: RIGHT, data: { sum: 42 } });
	expect(answeredBy).toBe('openai/a');
	expect(trace.attempts).toMatchObject([
		{ model: 'openai/a', attempt: 1, outcome: 'schema-mismatch', message: MISFIT },
		{ model: 'openai/a', attempt: 2, outcome: 'ok', purpose: 'repair' },
	]);
	expect(trace.attempts[0]).not.toHaveProperty('purpose');
	expect(trace.costUsd).toBeCloseTo(2 * ((10 * 1 + 5 * 2) / 1e6), 12);
	expect(trace.route.reason).toBe('first in the listed order');
	expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'a']);
});

test.each([
	{ what: 'prose', answer: 'I cannot say.', problem: 'The answer holds no JSON document' },
	{
		what: 'a document that breaks off',
		answer: '{"sum": ',
		problem: 'The JSON in the answer is cut off or too damaged to be read',
	},
])('$what goes back with what is wrong with it', async ({ answer, problem }) => {
	let seen: string | undefined;
	const repair: Scripted = ({ messages }) => {
		seen = messages.at(-1)?.content;
		return RIGHT;
	};
	const { answered } = start({ a: [answer, repair] }, planOf([A]));
	expect((await answered()).response.data).toEqual({ sum: 42 });
	expect(seen).toContain(`${problem}.`);
});

test('the next candidate answers when the repair fails too, and nothing is repaired twice', async () => {
	const plan = planOf([A, B]);
	const { answered } = start({ a: [WRONG], b: [WRONG, RIGHT] }, plan);
	const { trace, answeredBy } = await answered();
	expect(answeredBy).toBe('openai/b');
	expect(trace.attempts.map(({ model, outcome, purpose }) => [model, outcome, purpose])).toEqual([
		['openai/a', 'schema-mismatch', undefined],
		['openai/a', 'schema-mismatch', 'repair'],
		['openai/b', 'schema-mismatch', undefined],
		['openai/b', 'ok', undefined],
	]);
	expect(trace.route.reason).toBe('openai/a failed (schema-mismatch), next in the ranked order');
});

test('off: the next candidate answers at once', async () => {
	const { answered, calls } = start(
		{ a: [WRONG], b: [RIGHT] },
		planOf([A, B], { jsonRepair: 'off' }),
	);
	expect((await answered()).trace.attempts.map(({ outcome }) => outcome)).toEqual([
		'schema-mismatch',
		'ok',
	]);
	expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b']);
});

describe('by the cheapest model', () => {
	const cheap = { ...B, price: { inputPriceUsd: 0.1, outputPriceUsd: 0.2 } };
	const unpriced = { ...B, id: 'openai/nobody-knows', price: {} };

	test('is that of the plan which costs least, and the answer is its own', async () => {
		const plan = planOf([A, cheap], { jsonRepair: 'cheapest' });
		const { response, answeredBy, trace } = await start(
			{ a: [WRONG], b: [RIGHT] },
			plan,
		).answered();
		expect(answeredBy).toBe('openai/b');
		expect(response.data).toEqual({ sum: 42 });
		expect(trace.attempts).toMatchObject([
			{ model: 'openai/a', outcome: 'schema-mismatch' },
			{ model: 'openai/b', outcome: 'ok', purpose: 'repair', attempt: 1 },
		]);
		expect(trace.route.reason).toBe('the JSON of openai/a did not fit, openai/b repaired it');
	});

	test('is the one that wrote the answer where no other is cheaper or has a price', async () => {
		for (const other of [B, unpriced]) {
			const plan = planOf([A, other], { jsonRepair: 'cheapest' });
			const { answered, calls } = start({ a: [WRONG, RIGHT], b: ['never'] }, plan);
			await answered();
			expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'a']);
		}
	});

	test('is not one that has to be left alone', async () => {
		const plan = planOf([cheap, A], { jsonRepair: 'cheapest' });
		const { answered, calls } = start(
			{ b: [failure('rate-limit', { retryAfterMs: 20_000 })], a: [WRONG, RIGHT] },
			plan,
		);
		await answered();
		expect(calls.map(({ modelId }) => modelId)).toEqual(['b', 'a', 'a']);
	});
});

test('counts within the calls that the item may make', async () => {
	const plan = planOf([A], {
		retry: { maxRetries: 5, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
	});
	const { answered, calls } = start({ a: [WRONG, RIGHT] }, plan);
	const error = await errorOf(answered());
	expect(error.message).toBe(`openai/a gave no answer: openai/a: schema-mismatch, 200 (${MISFIT})`);
	expect(calls).toHaveLength(1);
});

test('ends with the deadline of the item, and its call is in the trail', async () => {
	const plan = planOf([A, B], { deadlineMs: 10_000 });
	const { answered, clock } = start({ a: [WRONG, { afterMs: 1e9, reply: RIGHT }] }, plan);
	const startedAtMs = clock.nowMs();
	const error = await errorOf(answered());
	expect(error.code).toBe('DEADLINE_EXCEEDED');
	expect(clock.nowMs() - startedAtMs).toBe(10_000);
	expect(error.trace?.attempts).toMatchObject([
		{ outcome: 'schema-mismatch' },
		{ outcome: 'timeout', purpose: 'repair' },
	]);
	expect(clock.pending()).toBe(0);
});

test('what is stored is the corrected answer, never the one before', async () => {
	const { run, clock, calls } = scriptedEngine({ a: [WRONG, RIGHT, 'never'] });
	const plan = planOf([A], CACHED);
	await clock.run(executeChat(request, plan, run));
	const again = await clock.run(executeChat(request, plan, run));
	expect(again.trace).toMatchObject({ cache: 'hit', attempts: [], costUsd: 0 });
	expect(again.response.data).toEqual({ sum: 42 });
	expect(calls).toHaveLength(2);
});

test('an answer too long to be read is not handed back', async () => {
	const long = `${'word '.repeat(120_000)}`;
	const { answered, calls } = start({ a: [long], b: [RIGHT] }, planOf([A, B]));
	const { trace } = await answered();
	expect(calls.map(({ modelId }) => modelId)).toEqual(['a', 'b']);
	expect(trace.attempts[0]?.message).toBe(
		'The answer has 600,000 characters, too many to look for JSON in',
	);
});
