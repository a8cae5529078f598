import { reconcile } from '../../../../engine/reconcile';
import { fitWeights } from '../../../../engine/reconcile/learn/fitWeights';
import {
	learnWeights,
	type LabelledQuestion,
} from '../../../../engine/reconcile/learn/learnWeights';
import { minimize } from '../../../../engine/reconcile/learn/minimize';
import { reconcileSchema } from '../../../../engine/spec/reconcile';
import { seededRandom } from '../../../support/seededRandom';

const options = reconcileSchema.parse({});

it('finds the place of the smallest value, and keeps to where it may be', () => {
	const bowl = ([x = 0, y = 0]: readonly number[]) => ({
		value: (x - 3) ** 2 + 10 * (y + 1) ** 2,
		gradient: [2 * (x - 3), 20 * (y + 1)],
	});
	const [x, y] = minimize([0, 0], bowl);
	expect(x).toBeCloseTo(3, 2);
	expect(y).toBeCloseTo(-1, 2);
	const positive = minimize([1, 1], bowl, (place) => place.map((at) => Math.max(0, at)));
	expect(positive[0]).toBeCloseTo(3, 2);
	expect(positive[1]).toBe(0);
});

/** Questions with answers 0–9; each model is right that often, a copy repeats the first model. */
function questions(count: number, shares: readonly number[], copies: number, seed = 5) {
	const random = seededRandom(seed);
	return Array.from({ length: count }, (_, index): LabelledQuestion => {
		const correct = index % 10;
		const wrong = () => (correct + 1 + Math.floor(random() * 9)) % 10;
		const texts = shares.map((share) => (random() < share ? correct : wrong()));
		const all = [...texts, ...Array.from({ length: copies }, () => texts[0] ?? 0)];
		return {
			correct: String(correct),
			answers: all.map((text, model) => ({ model: `m${model}`, text: `The answer is ${text}.` })),
		};
	});
}

it('gives better models more weight, and says how often each was right', () => {
	const { models, questions: count } = learnWeights(questions(200, [0.9, 0.6, 0.4], 0), options);
	expect(count).toBe(200);
	expect(models.map(({ model }) => model)).toEqual(['m0', 'm1', 'm2']);
	const weights = models.map(({ weight }) => weight);
	expect(weights[0]).toBeGreaterThan(weights[1] ?? 0);
	expect(weights[1]).toBeGreaterThan(weights[2] ?? 0);
	expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
	expect(models[0]).toMatchObject({ asked: 200 });
	expect(models[0]?.right).toBeGreaterThan(165);
});

it('gives models that repeat one another less than their own accuracy is worth', () => {
	const alone = learnWeights(questions(200, [0.7, 0.7], 0), options).models;
	const copied = learnWeights(questions(200, [0.7, 0.7], 3), options).models;
	expect(copied[0]?.weight).toBeLessThan((alone[0]?.weight ?? 0) * 0.8);
});

it('makes a vote better than the majority on questions that it has not seen', () => {
	const [shares, copies] = [[0.5, 0.85, 0.8], 2] as const;
	const table = learnWeights(questions(150, shares, copies, 1), options);
	const isRight = (method: 'majority' | 'weighted') =>
		questions(300, shares, copies, 2).filter(({ answers, correct }) => {
			const given = { ...options, method, weights: table.models };
			return String(reconcile(answers, given).answer) === correct;
		}).length;
	expect(isRight('weighted')).toBeGreaterThan(isRight('majority') + 30);
});

it('says how often a vote with so much agreement is right', () => {
	const table = learnWeights(questions(200, [0.8, 0.7, 0.6], 0), options);
	for (const steps of [table.calibration.majority, table.calibration.weighted]) {
		const shares = steps.map(({ right, total }) => right / total);
		expect([...shares].sort((a, b) => a - b)).toEqual(shares);
		expect(steps.reduce((sum, { total }) => sum + total, 0)).toBe(200);
	}
	const given = { ...options, calibration: table.calibration };
	const agreed = ['3', '3', '3'].map((text, index) => ({ model: `m${index}`, text }));
	const split = ['1', '2', '3'].map((text, index) => ({ model: `m${index}`, text }));
	expect(reconcile(agreed, given).confidence).toBeGreaterThan(0.95);
	expect(reconcile(split, given).confidence).toBeLessThan(0.9);
});

it('knows the right answer however it is written', () => {
	const answers = ['0.5', '\\frac{1}{2}', '3'].map((text, index) => ({ model: `m${index}`, text }));
	const { models } = learnWeights([{ answers, correct: 'So we get 1/2. #### 1/2' }], options);
	expect(models.map(({ right }) => right)).toEqual([1, 1, 0]);
});

it('does without any right answer, any disagreement or a second model', () => {
	expect(fitWeights([{ right: 0, asked: 3 }], [{ groups: [[0]] }])).toHaveLength(1);
	const answers = [0, 1].map((model) => ({ model: `m${model}`, text: '1' }));
	const unanimous = learnWeights(
		[
			{ answers, correct: '1' },
			{ answers, correct: '2' },
		],
		options,
	);
	expect(unanimous.models.every(({ weight }) => Number.isFinite(weight) && weight >= 0)).toBe(true);
	expect(() => learnWeights([], options)).toThrow('no question with a known answer');
});
