import '../support/timed';
import {
	executeChat,
	longDocument,
	type Ask,
	type ChatRequest,
	type Clock,
	type EngineError,
	type LongDocument,
	type Plan,
	type ShownRun,
} from '../../engine/index';
import {
	ask as requestOf,
	CACHED,
	candidate,
	failure,
	planOf,
	scriptedEngine,
} from '../support/scriptedEngine';

const TASK = 'Which sections are there?';
const A = candidate('a');

/** About `sections` × 25 tokens. */
const documentOf = (sections: number, more: Partial<LongDocument> = {}): LongDocument => ({
	text: Array.from(
		{ length: sections },
		(_, index) => `Section ${index + 1}. ${'It says something of some length here. '.repeat(2)}`,
	).join('\n\n'),
	chunkTokens: 200,
	overlapTokens: 0,
	concurrency: 4,
	deadlineMs: 60_000,
	...more,
});

const contextOf = (request: ChatRequest) => request.messages.at(-1)?.content ?? '';
const isCombining = (request: ChatRequest) => contextOf(request).includes('[Answer for part');
/** Says which sections or partial answers it was shown. */
const reader = (request: ChatRequest) =>
	(contextOf(request).match(/Section \d+|S\d+/g) ?? [])
		.map((found) => found.replace('Section ', 'S'))
		.join(' ');

type Script = Parameters<typeof scriptedEngine>[0][string][number];

function engineOf(script: Script, plan: Partial<Plan> = {}) {
	const engine = scriptedEngine({ a: [script] });
	const ask: Ask<ShownRun> = async (request, run) =>
		await executeChat(request, planOf([A], plan), run);
	const answer = async (
		document: LongDocument,
		request = requestOf(TASK),
		run: ShownRun = engine.run,
	) => await engine.clock.run(longDocument(request, document, ask, run));
	return { ...engine, answer };
}

const errorOf = async (work: Promise<unknown>) =>
	await work.then(
		() => {
			throw new Error('It was answered');
		},
		(error: unknown) => error as EngineError,
	);

const sectionsUpTo = (count: number) =>
	Array.from({ length: count }, (_, index) => `S${index + 1}`).join(' ');

test('asks over every part and puts the answers together: one answer, trail and cost', async () => {
	const { answer, calls } = engineOf(reader);
	const { response, trace, answeredBy } = await answer(documentOf(60));
	expect(response.text).toBe(sectionsUpTo(60));
	expect(answeredBy).toBe(A.id);
	const parts = trace.attempts.filter(({ purpose }) => purpose === 'part');
	const combined = trace.attempts.filter(({ purpose }) => purpose === 'combine');
	expect(parts.length).toBeGreaterThan(5);
	expect(combined).toHaveLength(calls.length - parts.length);
	expect(trace.attempts).toHaveLength(calls.length);
	expect(trace.costUsd).toBeCloseTo(calls.length * 0.00002, 12);
	expect(response.usage).toEqual({
		inputTokens: 10 * calls.length,
		outputTokens: 5 * calls.length,
	});
	expect(trace.route).toMatchObject({
		strategy: 'priority',
		reason: expect.stringMatching(
			new RegExp(
				`^asked over ${parts.length} parts of the document, put together in ${combined.length} call`,
			),
		),
	});
});

test('hands each part to the vendor in its form, and says that it is one', async () => {
	const { answer, calls } = engineOf(reader);
	const request: ChatRequest = {
		messages: [
			{ role: 'system', content: 'Be brief.' },
			{
				role: 'user',
				content: TASK,
				sections: {
					context: 'A manual.',
					format: 'A list',
					examples: [{ input: 'x', output: 'y' }],
				},
			},
		],
		outputFormat: 'text',
	};
	await answer(documentOf(16), request);
	const [first] = calls;
	expect(first?.request.messages[0]?.content).toBe('Be brief.');
	const asked = contextOf(first?.request as ChatRequest);
	expect(asked).toMatch(
		/^# Task\n\nWhich sections are there\?\n\nThe context holds part 1 of \d+ of/,
	);
	expect(asked).toContain('# Context\n\nA manual.\n\nSection 1.');
	expect(asked).toContain('## Example 1');
	const last = contextOf(calls.at(-1)?.request as ChatRequest);
	expect(last).toContain('# Format\n\nA list');
	expect(last).toContain('[Answer for part 1]\nS1');
	expect(last).not.toContain('A manual.');
	expect(last).not.toContain('## Example 1');
});

test('sends files with every part and not with what puts the answers together', async () => {
	const { answer, calls } = engineOf(reader);
	const attachments = [{ kind: 'image', mediaType: 'image/png', data: new Uint8Array(1) }] as const;
	const request: ChatRequest = {
		messages: [{ role: 'user', content: TASK, attachments }],
		outputFormat: 'text',
	};
	await answer(documentOf(16), request);
	for (const call of calls) {
		expect(call.request.messages.at(-1)?.attachments).toEqual(
			isCombining(call.request) ? undefined : attachments,
		);
	}
});

test('a text of one part takes one call, whose trail stays as it is', async () => {
	const { answer, calls } = engineOf(reader);
	const { response, trace } = await answer(documentOf(3));
	expect(response.text).toBe('S1 S2 S3');
	expect(calls).toHaveLength(1);
	expect(contextOf(calls[0]?.request as ChatRequest)).not.toContain('part 1');
	expect(trace.attempts[0]).not.toHaveProperty('purpose');
	expect(trace.route.reason).not.toContain('parts');
});

test('partial answers that are too long themselves are put together in rounds', async () => {
	const wordy = (request: ChatRequest) => `${reader(request)} ${'and so on '.repeat(25)}`;
	const { answer, calls } = engineOf(wordy);
	const { response, trace } = await answer(documentOf(80));
	expect(response.text.startsWith(sectionsUpTo(80))).toBe(true);
	const combining = calls.filter(({ request }) => isCombining(request));
	expect(combining.length).toBeGreaterThan(3);
	expect(
		combining.some(({ request }) => contextOf(request).includes('[Answer for parts 1 to')),
	).toBe(true);
	expect(trace.attempts).toHaveLength(calls.length);
});

test('the prompt of the builder puts the answers together', async () => {
	const { answer, calls } = engineOf(reader);
	await answer(documentOf(16, { combinePrompt: 'Make one list of it' }));
	const last = contextOf(calls.at(-1)?.request as ChatRequest);
	expect(last).toContain('# Task\n\nMake one list of it\n');
	expect(last).not.toContain(TASK);
});

test('asks about no more parts at a time than allowed', async () => {
	let open = 0;
	let peak = 0;
	const engine = scriptedEngine({ a: [{ afterMs: 100, reply: 'S' }] });
	const ask: Ask<ShownRun> = async (request, run) => {
		peak = Math.max(peak, ++open);
		return await executeChat(request, planOf([A]), run).finally(() => open--);
	};
	await engine.clock.run(
		longDocument(requestOf(TASK), documentOf(80, { concurrency: 3 }), ask, engine.run),
	);
	expect(peak).toBe(3);
});

test('a part that fails fails the item, with every attempt and cost in the trail', async () => {
	const script = (request: ChatRequest) =>
		contextOf(request).includes('part 3 of') ? failure('invalid-request', { status: 400 }) : 'ok';
	const { answer, calls } = engineOf(script);
	const error = await errorOf(answer(documentOf(80, { concurrency: 2 })));
	expect(error.code).toBe('ALL_CANDIDATES_FAILED');
	expect(error.message).toMatch(/^Part 3 of \d+: openai\/a gave no answer: /);
	expect(calls.length).toBeLessThan(6);
	expect(error.trace?.attempts).toHaveLength(calls.length);
	expect(error.trace?.attempts.map(({ purpose }) => purpose)).toEqual(calls.map(() => 'part'));
	const paid = error.trace?.attempts.filter(({ outcome }) => outcome === 'ok') ?? [];
	expect(paid.length).toBeGreaterThan(1);
	expect(error.trace?.costUsd).toBeCloseTo(paid.length * 0.00002, 12);
});

test('one deadline holds over all parts', async () => {
	const { answer, calls, clock } = engineOf({ afterMs: 3_000, reply: 'ok' });
	const startedAtMs = clock.nowMs();
	const error = await errorOf(answer(documentOf(80, { concurrency: 1, deadlineMs: 10_000 })));
	expect(error.code).toBe('DEADLINE_EXCEEDED');
	expect(error.message).toContain('within the deadline of 10 s');
	expect(clock.nowMs() - startedAtMs).toBeLessThanOrEqual(10_100);
	expect(calls).toHaveLength(4);
	expect(error.trace?.attempts.map(({ outcome }) => outcome)).toEqual([
		'ok',
		'ok',
		'ok',
		'aborted',
	]);
});

test('Stop ends it at once, and what was paid stays in the trail', async () => {
	const { answer, calls, stop, clock } = engineOf({ afterMs: 1_000, reply: 'ok' });
	clock.after(2_500, () => stop.abort());
	const startedAtMs = clock.nowMs();
	const error = await errorOf(answer(documentOf(80, { concurrency: 2 })));
	expect(error.code).toBe('CANCELLED');
	expect(clock.nowMs() - startedAtMs).toBe(2_500);
	expect(calls).toHaveLength(6);
	expect(error.trace?.attempts.filter(({ outcome }) => outcome === 'ok')).toHaveLength(4);
	expect(calls.slice(4).every(({ aborted }) => aborted)).toBe(true);
});

test('parts that were asked about before come from the cache and cost nothing', async () => {
	const { answer, calls } = engineOf(reader, CACHED);
	await answer(documentOf(16));
	const made = calls.length;
	const { trace, response } = await answer(documentOf(16));
	expect(calls).toHaveLength(made);
	expect(trace).toMatchObject({ cache: 'hit', costUsd: 0, attempts: [] });
	expect(response.usage).toEqual({});
	// Only the request that puts the answers together is new.
	const { trace: other } = await answer(documentOf(16, { combinePrompt: 'Count them' }));
	expect(other).toMatchObject({ cache: 'miss', attempts: [{ purpose: 'combine' }] });
	expect(other.costUsd).toBeCloseTo(0.00002, 12);
});

test('only the answer to the whole is shown while it is written', async () => {
	const engine = engineOf(reader);
	const shown: string[] = [];
	const { response } = await engine.answer(documentOf(16), undefined, {
		...engine.run,
		onText: (text) => shown.push(text),
	});
	expect(shown.join('')).toBe(response.text);
});

test('5 MB never hold up the event loop', async () => {
	const engine = scriptedEngine({ a: ['ok'] });
	const clock: Clock = {
		...engine.clock,
		nowMs: () => performance.now(),
		sleep: async () => await new Promise((resolve) => setImmediate(resolve)),
		after: () => () => undefined,
	};
	const run = { ...engine.run, runtime: { ...engine.run.runtime, clock } };
	const ask: Ask<ShownRun> = async (request, shown) =>
		await executeChat(request, planOf([A]), shown);
	const text = 'Lorem ipsum dolor sit amet.\n'.repeat(180_000);
	let longestMs = 0;
	let lastMs = performance.now();
	const beat = setInterval(() => {
		const nowMs = performance.now();
		longestMs = Math.max(longestMs, nowMs - lastMs);
		lastMs = nowMs;
	}, 1);
	await longDocument(requestOf(TASK), documentOf(1, { text, chunkTokens: 100_000 }), ask, run);
	clearInterval(beat);
	expect(engine.calls.length).toBeGreaterThan(10);
	// Some 15 ms, 30 at first, on a machine that does nothing else.
	expect(longestMs).toBeLessThan(250);
});
