import { BudgetExceededError, CancelledError, PANEL } from '../../../engine/index';
import { bordaScores } from '../../../engine/panel/borda';
import { failure, scriptedEngine, type Scripted } from '../../support/scriptedEngine';
import { answersOf, panelOf, ranks, seat, seen } from './scriptedPanel';

const { rank } = PANEL;
const QUESTION = 'Which fruit?';
const NAMES = ['a', 'b', 'c', 'd'];
const ANSWERS = answersOf({
	'local/a': 'apple',
	'local/b': 'banana',
	'local/c': 'cherry',
	'local/d': 'damson',
});

/** a: b c d · b: c a d · c: b a d · d: b c a — each ranks the other three. */
const OPINIONS: Record<string, readonly Scripted[]> = {
	a: [ranks('banana', 'cherry', 'damson')],
	b: [ranks('cherry', 'apple', 'damson')],
	c: [ranks('banana', 'apple', 'damson')],
	d: [ranks('banana', 'cherry', 'apple')],
};

function council(script: Record<string, readonly Scripted[]>, names = NAMES) {
	const engine = scriptedEngine(script);
	const panel = panelOf(names.map((name) => seat([name])));
	return { ...engine, panel };
}

test('a council counts as Borda does by hand', async () => {
	const { run, clock, calls, panel } = council(OPINIONS);
	const result = await clock.run(rank(QUESTION, ANSWERS, panel, run));
	// Points of 2, 1 and 0 for the first, second and third of three:
	// apple 0+1+1+0 of three rankings = 1+1+0 = 2, banana 2+2+2 = 6, cherry 1+2+1 = 4, damson 0.
	expect(result.votes.map(({ models, weight }) => [models[0], weight])).toEqual([
		['local/b', 1],
		['local/c', expect.closeTo(4 / 6, 8)],
		['local/a', expect.closeTo(2 / 6, 8)],
		['local/d', 0],
	]);
	expect(result).toMatchObject({
		answer: 'banana',
		winnerIndex: 1,
		method: 'rank',
		winner: ['local/b'],
		// All three that ranked it put it first.
		agreement: 1,
		agreed: true,
	});
	expect(result.rankings?.[1]).toEqual({
		member: 'local/b',
		order: [['local/c'], ['local/a'], ['local/d']],
	});
	expect(calls).toHaveLength(4);
	expect(result.trace.attempts.map(({ purpose }) => purpose)).toEqual(Array(4).fill('rank'));
	expect(result.trace.warnings).toEqual([]);
});

test('no member sees its own answer, and each place shows several answers', async () => {
	const shown: string[][] = [];
	const spying = Object.fromEntries(
		NAMES.map((name) => [
			name,
			[
				(request: Parameters<typeof seen>[0]) => {
					shown.push([name, ...seen(request).answers.values()]);
					return failure('server');
				},
			],
		]),
	);
	const { run, clock, panel } = council(spying);
	await clock.run(rank(QUESTION, ANSWERS, panel, run));
	expect(shown).toHaveLength(4);
	for (const [name = '', ...texts] of shown) {
		expect(texts).toHaveLength(3);
		expect(texts.some((text) => text.startsWith(name))).toBe(false);
	}
	expect(new Set(shown.map(([, first]) => first)).size).toBeGreaterThan(2);
});

test.each([
	{ what: 'a letter twice', reply: '{"reason":"","ranking":["A","A","B"]}' },
	{ what: 'a letter too few', reply: '{"reason":"","ranking":["A","B"]}' },
	{ what: 'a letter too many', reply: '{"reason":"","ranking":["A","B","C","A"]}' },
	{ what: 'another letter', reply: '{"reason":"","ranking":["A","B","Z"]}' },
	{ what: 'a sentence', reply: 'A is better than B and C.' },
	{ what: 'two rankings', reply: '{"ranking":["A","B","C"],"ranking":["C","B","A"]}' },
])('a ranking with $what is left out and reported', async ({ reply }) => {
	const { run, clock, calls, panel } = council({ ...OPINIONS, d: [reply] });
	const result = await clock.run(rank(QUESTION, ANSWERS, panel, run));
	// Without d: apple 1+1 of 2 rankings each with 2 = 2/4, banana 2+2 = 4/4, cherry 1+2 = 3/4.
	expect(result.votes.map(({ weight }) => weight)).toEqual([1, 0.75, 0.5, 0]);
	// d was to rank the winner and did not: two of three.
	expect(result).toMatchObject({ answer: 'banana', agreement: 2 / 3 });
	expect(result.rankings?.[3]).toMatchObject({ member: 'local/d', order: null });
	expect(result.trace.warnings).toEqual([expect.stringMatching(/^No ranking by local\/d: /)]);
	expect(result.trace.attempts).toHaveLength(calls.length);
});

test('equal scores are a tie: more models behind it, then the first given, never agreed', async () => {
	const answers = answersOf({ x: 'apple', y: 'banana', z: 'banana', 'local/c': 'cherry' });
	const script = {
		c: [ranks('apple', 'banana')],
		p: [ranks('apple', 'banana', 'cherry')],
		q: [ranks('banana', 'apple', 'cherry')],
		r: [ranks('banana', 'apple', 'cherry')],
	};
	const { run, clock, panel } = council(script, ['c', 'p', 'q', 'r']);
	const result = await clock.run(rank(QUESTION, answers, panel, run));
	// apple 1, 1, 1/2, 1/2 and banana 0, 1/2, 1, 1: the mean is 3/4 against 5/8.
	expect(result).toMatchObject({ answer: 'apple', agreement: 0.5, agreed: false });

	const even = council({ p: script.p, q: script.q }, ['p', 'q']);
	const tie = await even.clock.run(rank(QUESTION, answers, even.panel, even.run));
	expect(tie).toMatchObject({ answer: 'banana', winner: ['y', 'z'], agreed: false });
	expect(tie.reason).toContain('another answer has the same');
});

test('fewer than two rankings leave it to the fallback', async () => {
	const broken = { ...OPINIONS, b: ['no'], c: [failure('timeout')], d: [failure('quota')] };
	const { run, clock, calls, panel } = council(broken);
	const result = await clock.run(rank(QUESTION, ANSWERS, panel, run));
	expect(result).toMatchObject({ method: 'majority', answer: 'apple', agreed: false });
	expect(result.trace.warnings[0]).toBe(
		'Only 1 of 4 members gave a ranking that counts, 2 are needed. Decided by majority instead',
	);
	expect(result.trace.warnings).toHaveLength(4);
	expect(result.trace.attempts).toHaveLength(calls.length);
});

test('an answer that only failed members would have ranked leaves it to the fallback', async () => {
	const answers = answersOf({
		'local/a': 'apple',
		'local/b': 'apple',
		'local/c': 'cherry',
		x: 'fig',
	});
	const script = {
		a: [ranks('cherry', 'fig')],
		b: [ranks('fig', 'cherry')],
		c: [failure('server')],
	};
	const { run, clock, panel } = council(script, ['a', 'b', 'c']);
	const result = await clock.run(rank(QUESTION, answers, panel, run));
	expect(result).toMatchObject({ method: 'majority', answer: 'apple', agreement: 0.5 });
	expect(result.trace.warnings[0]).toMatch(
		/^No ranking that counts holds the answer of local\/a and/,
	);
});

test('two members with an answer each cannot be a council, and nobody is asked', async () => {
	const { run, clock, calls, panel } = council({}, ['a', 'b']);
	const answers = answersOf({ 'local/a': 'apple', 'local/b': 'banana' });
	const result = await clock.run(rank(QUESTION, answers, panel, run));
	expect(result.trace.warnings).toEqual([
		'A council needs two members with two answers each that are not their own; here none has. Decided by majority instead',
	]);
	expect(calls).toEqual([]);
});

test('a council that is too dear is refused, and Stop throws with the trail', async () => {
	const { run, clock, calls, panel } = council(OPINIONS);
	await expect(rank(QUESTION, ANSWERS, { ...panel, maxCostUsd: 1e-6 }, run)).rejects.toBeInstanceOf(
		BudgetExceededError,
	);
	expect(calls).toEqual([]);

	const slow = council({ ...OPINIONS, d: [{ afterMs: 9_000, reply: 'x' }] });
	clock.after(0, () => undefined);
	slow.clock.after(100, () => slow.stop.abort());
	const error = await slow.clock.run(
		rank(QUESTION, ANSWERS, slow.panel, slow.run).catch((thrown: unknown) => thrown),
	);
	expect(error).toBeInstanceOf(CancelledError);
	expect((error as CancelledError).trace?.attempts).toHaveLength(4);
});

test('Borda scores of rankings that hold different things', () => {
	expect(bordaScores(3, [[0, 1], [2, 0], [1]])).toEqual([
		{ place: 0, score: 0.5, meanRank: 1.5, rankings: 2 },
		{ place: 1, score: 0, meanRank: 2, rankings: 1 },
		{ place: 2, score: 1, meanRank: 1, rankings: 1 },
	]);
	expect(bordaScores(1, [])).toEqual([{ place: 0, rankings: 0 }]);
});
