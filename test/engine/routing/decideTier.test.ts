import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decideTier, difficultyOf, expectedStrongShare } from '../../../engine/routing/decideTier';
import { TASKS } from '../../../engine/spec/facts';

interface ReferencePrompt {
	readonly prompt: string;
}

/** Each kind of source that was learnt from with the same number of prompts. */
const REFERENCE = readFileSync(
	path.join(__dirname, '..', '..', 'fixtures', 'routing', 'prompts.jsonl'),
	'utf8',
)
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => (JSON.parse(line) as ReferencePrompt).prompt);

const EASY = 'What is the capital of France?';
const HARD =
	'Let $G$ be a finite group of order $p^2 q$ with primes $p < q$. Prove that $G$ is not simple, and determine all $G$ for which the Sylow $q$-subgroup is not normal.';

const strongShare = (prompts: readonly string[], quality: number): number =>
	prompts.filter((prompt) => decideTier(prompt, quality).tier === 'strong').length / prompts.length;

test.each([
	{ quality: 0, share: 0 },
	{ quality: -3, share: 0 },
	{ quality: NaN, share: 0 },
	{ quality: -Infinity, share: 0 },
	{ quality: 1, share: 1 },
	{ quality: 7, share: 1 },
	{ quality: Infinity, share: 1 },
])('quality $quality sends the share $share, whatever the prompt', ({ quality, share }) => {
	const tier = share === 1 ? 'strong' : 'fast';
	for (const prompt of ['', EASY, HARD, ...REFERENCE]) {
		expect(decideTier(prompt, quality)).toMatchObject({
			tier,
			expectedStrongShare: share,
			expectedStrongShareOfTask: share,
			reason: `Quality ${share} sends everything to the ${tier} tier`,
		});
	}
});

test('in between, the score decides', () => {
	for (const prompt of ['', EASY, HARD, ...REFERENCE]) {
		const { tier, score, threshold } = decideTier(prompt, 0.5);
		expect(threshold).toBe(0.5);
		expect(tier).toBe(score > 0.5 ? 'strong' : 'fast');
	}
	expect(decideTier(EASY, 0.5).tier).toBe('fast');
	expect(decideTier(HARD, 0.5).tier).toBe('strong');
});

test('more quality never takes a prompt back from the strong tier', () => {
	const qualities = Array.from({ length: 11 }, (_, step) => step / 10);
	for (const prompt of REFERENCE) {
		const tiers = qualities.map((quality) => decideTier(prompt, quality).tier);
		expect(tiers).toEqual([...tiers].sort());
	}
});

test.each([0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9].map((quality) => ({ quality })))(
	'quality $quality sends about that share of a mixed load',
	({ quality }) => {
		// Twice the standard error of a share among so few prompts is 0.1.
		expect(Math.abs(strongShare(REFERENCE, quality) - quality)).toBeLessThan(0.1);
	},
);

test('the expected share of a task agrees with what is sent of it', () => {
	const tasks = new Map<string, string[]>();
	for (const prompt of REFERENCE) {
		const { task } = difficultyOf(prompt);
		tasks.set(task, [...(tasks.get(task) ?? []), prompt]);
	}
	for (const quality of [0.2, 0.5, 0.8]) {
		const expected = REFERENCE.map((prompt) =>
			expectedStrongShare(quality, difficultyOf(prompt).task),
		).reduce((sum, share) => sum + share / REFERENCE.length, 0);
		expect(Math.abs(expected - strongShare(REFERENCE, quality))).toBeLessThan(0.1);
		for (const [task, prompts] of tasks) {
			if (prompts.length < 15) continue;
			const share = expectedStrongShare(quality, task as (typeof TASKS)[number]);
			expect(Math.abs(strongShare(prompts, quality) - share)).toBeLessThan(0.3);
		}
	}
});

test('the expected share of every task rises with the quality, from 0 to 1', () => {
	for (const task of TASKS) {
		const shares = Array.from({ length: 51 }, (_, step) => expectedStrongShare(step / 50, task));
		expect(shares).toEqual([...shares].sort((a, b) => a - b));
		expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
	}
	expect(expectedStrongShare(0.3)).toBe(0.3);
	expect(expectedStrongShare(NaN)).toBe(0);
});

test('the reason names the quality, the shares and how hard the prompt looks', () => {
	const { score, task, expectedStrongShareOfTask, reason } = decideTier(HARD, 0.3);
	const percent = (share: number) => `${Math.round(100 * share)} %`;
	expect(task).toBe('math');
	expect(reason).toBe(
		`Quality 0.3 sends the hardest 30 % to the strong tier, of math prompts about ${percent(expectedStrongShareOfTask)}; this math prompt looks harder than ${percent(score)} of the reference prompts`,
	);
});

test.each([
	{ easier: 'Hi!', harder: 'Prove that there are infinitely many primes of the form 4k + 3.' },
	{
		easier: 'What is 12 + 30?',
		harder:
			'Find the number of ordered pairs of integers (a, b) with 1 <= a, b <= 100 such that a^2 + b^2 is divisible by 7.',
	},
	{
		easier: 'Translate "thank you" into Spanish.',
		harder:
			'Compare the holdings of these two contracts clause by clause, state which obligations conflict under the law of Delaware and explain who bears the risk under each reading.',
	},
	{
		easier: 'A pen costs $2. How much do 3 pens cost?',
		harder:
			'A pen costs $2, every fifth pen is half the price and 10 % is taken off sums above $30. Ann buys 25 pens and sells 60 % of them at a profit of 40 % and the rest at a loss of a quarter. How much did she earn after paying 8 % tax on the profit?',
	},
])('looks harder than "$easier": $harder', ({ easier, harder }) => {
	expect(difficultyOf(harder).score).toBeGreaterThan(difficultyOf(easier).score);
});
