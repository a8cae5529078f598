import {
	BudgetExceededError,
	CancelledError,
	estimatePanelUsd,
	InvalidPlanError,
	PANEL,
} from '../../../engine/index';
import { createGate } from '../../../engine/fanOut/createGate';
import { failure, scriptedEngine } from '../../support/scriptedEngine';
import { alwaysPicks, answersOf, model, panelOf, prefers, seat } from './scriptedPanel';

const { judge } = PANEL;
const QUESTION = 'What is the capital of Australia?';
const ANSWERS = answersOf({ red: 'Canberra', green: 'Sydney', blue: 'Melbourne' });

test('a judge that is down leaves the decision to the fallback', async () => {
	const engine = scriptedEngine({ j: [failure('network')], k: [failure('overloaded')] });
	const result = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j', 'k'])]), engine.run),
	);
	expect(result).toMatchObject({ method: 'majority', agreed: false });
	expect(result.trace.warnings[0]).toMatch(/Decided by majority instead$/);
	expect(result.trace.attempts).toHaveLength(engine.calls.length);
	expect(engine.calls).toHaveLength(4);
});

test('the deadline holds over all judges; the verdicts that are there count', async () => {
	const engine = scriptedEngine({
		quick: [prefers('Canberra')],
		slow: [{ afterMs: 50_000, reply: alwaysPicks('A') }],
	});
	const startedAtMs = engine.clock.nowMs();
	const jury = panelOf([seat(['quick']), seat(['slow'])], { deadlineMs: 5_000 });
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, jury, engine.run));
	expect(engine.clock.nowMs() - startedAtMs).toBe(5_000);
	expect(result).toMatchObject({ answer: 'Canberra', agreement: 0.5, agreed: false });
	expect(result.trace.warnings).toEqual([expect.stringContaining('deadline of 5 s')]);
	expect(result.trace.attempts).toHaveLength(4);
	expect(result.trace.costUsd).toBeUndefined();
	expect(engine.clock.pending()).toBe(0);
});

test('Stop ends all calls and throws with the trail of each', async () => {
	const engine = scriptedEngine({
		quick: [prefers('Canberra')],
		slow: [{ afterMs: 50_000, reply: alwaysPicks('A') }],
	});
	const jury = panelOf([seat(['quick']), seat(['slow'])]);
	engine.clock.after(1_000, () => engine.stop.abort());
	const error = await engine.clock.run(
		judge(QUESTION, ANSWERS, jury, engine.run).catch((thrown: unknown) => thrown),
	);
	expect(error).toBeInstanceOf(CancelledError);
	const { trace } = error as CancelledError;
	expect(trace?.attempts.map(({ outcome }) => outcome).sort()).toEqual([
		'aborted',
		'aborted',
		'ok',
		'ok',
	]);
	expect(engine.calls.filter(({ aborted }) => aborted).map(({ modelId }) => modelId)).toEqual([
		'slow',
		'slow',
	]);
	expect(engine.clock.pending()).toBe(0);
});

test('what was paid is in the error of a fallback that fails', async () => {
	const engine = scriptedEngine({ j: [alwaysPicks('A')] });
	const fallback = () => {
		throw new InvalidPlanError('No answer is a number', 'Choose another method.');
	};
	const error = await engine.clock.run(
		judge(QUESTION, ANSWERS, panelOf([seat(['j'])], { fallback }), engine.run).catch(
			(thrown: unknown) => thrown,
		),
	);
	expect(error).toBeInstanceOf(InvalidPlanError);
	expect((error as InvalidPlanError).trace?.attempts).toHaveLength(2);
});

describe('the cost before the first call', () => {
	const jury = panelOf([seat(['j']), seat(['k'])]);

	test('is estimated from the prompts as they would be sent', () => {
		const estimate = estimatePanelUsd('judge', QUESTION, ANSWERS, jury, 0);
		expect(estimate.calls).toHaveLength(4);
		// About 400 tokens of rules and material at $1 and 150 at $2 per million, four times.
		expect(estimate.costUsd).toBeGreaterThan(4 * 500e-6);
		expect(estimate.costUsd).toBeLessThan(4 * 1_200e-6);
		const longer = answersOf({ red: 'Canberra '.repeat(500), green: 'Sydney' });
		const dearer = estimatePanelUsd('judge', QUESTION, longer, jury, 0);
		expect(dearer.costUsd).toBeGreaterThan((estimate.costUsd ?? 0) + 4 * 400e-6);
	});

	test('refuses what is too dear', async () => {
		const engine = scriptedEngine({});
		const poor = { ...jury, maxCostUsd: 0.0001 };
		const error = await judge(QUESTION, ANSWERS, poor, engine.run).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(BudgetExceededError);
		expect((error as Error).message).toMatch(
			/^No call was made: the item would cost about \$0\.00\d+, more than Max Cost per Item of \$0\.0001\. judge 1 order 1 about/,
		);
		expect(engine.calls).toEqual([]);
	});

	test('that nobody can tell is refused too', async () => {
		const engine = scriptedEngine({});
		const free = { ...model('j'), price: {} };
		const panel = panelOf([seat([free, 'k'])], { maxCostUsd: 1 });
		expect(estimatePanelUsd('judge', QUESTION, ANSWERS, panel, 0)).toEqual({
			calls: [
				{ label: 'judge 1 order 1', unpriced: ['local/j'] },
				{ label: 'judge 1 order 1 swapped', unpriced: ['local/j'] },
			],
		});
		await expect(judge(QUESTION, ANSWERS, panel, engine.run)).rejects.toThrow(
			'no price is known for local/j',
		);
		expect(engine.calls).toEqual([]);
	});
});

test('a call that waits for its turn beyond the deadline is not made', async () => {
	const engine = scriptedEngine({ j: [{ afterMs: 3_000, reply: alwaysPicks('A') }] });
	const gate = createGate();
	const run = {
		...engine.run,
		gate: <T>(work: () => Promise<T>, signal: AbortSignal) => gate(work, 1, signal),
	};
	const startedAtMs = engine.clock.nowMs();
	const panel = panelOf([seat(['j']), seat(['j']), seat(['j'])], { deadlineMs: 5_000 });
	const result = await engine.clock.run(judge(QUESTION, ANSWERS, panel, run));
	expect(engine.clock.nowMs() - startedAtMs).toBe(5_000);
	// One answered, one was cut off at the deadline, four never started.
	expect(engine.calls).toHaveLength(2);
	expect(result.trace.attempts.map(({ outcome }) => outcome)).toEqual(['ok', 'timeout']);
	expect(result.trace.warnings.at(-1)).toMatch(/there was no time left to ask it/);
	expect(engine.clock.pending()).toBe(0);
});
