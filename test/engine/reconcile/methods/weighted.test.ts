import { reconcile } from '../../../../engine/reconcile';
import { isDecided } from '../../../../engine/reconcile/decided';
import { reconcileSchema } from '../../../../engine/spec/reconcile';

const said = (...texts: string[]) => texts.map((text, index) => ({ model: `m${index}`, text }));
const options = (given: object = {}) => reconcileSchema.parse({ method: 'weighted', ...given });

const WEIGHTS = [
	{ model: 'm0', weight: 3 },
	{ model: 'm1', weight: 1 },
	{ model: 'm2', weight: 1.5 },
];

it('lets the weight behind an answer decide, not the number of voters', () => {
	expect(reconcile(said('1', '2', '2'), options({ weights: WEIGHTS }))).toMatchObject({
		answer: 1,
		agreement: 3 / 5.5,
		agreed: true,
		winner: ['m0'],
		votes: [
			{ answer: 1, weight: 3, models: ['m0'] },
			{ answer: 2, weight: 2.5, models: ['m1', 'm2'] },
		],
	});
});

it('is a majority without any weights', () => {
	expect(reconcile(said('1', '2', '2'), options())).toMatchObject({ answer: 2, agreement: 2 / 3 });
});

it('prefers the weight of an answer, and gives others that of all others', () => {
	const answers = [
		{ model: 'm0', text: '1', weight: 0.1 },
		{ model: 'x', text: '2' },
	];
	const given = options({ weights: WEIGHTS, otherWeight: 0.9 });
	expect(reconcile(answers, given)).toMatchObject({ answer: 2, agreement: 0.9 });
});

it('takes sums that differ by rounding only for a tie', () => {
	const weights = [0.1, 0.2, 0.3].map((weight, index) => ({ model: `m${index}`, weight }));
	expect(reconcile(said('1', '1', '2'), options({ weights, agreementThreshold: 0 }))).toMatchObject(
		{
			answer: 1,
			agreed: false,
		},
	);
});

it('counts an abstention in the denominator, and nothing without any weight', () => {
	expect(reconcile(said('1', '', ''), options({ weights: WEIGHTS })).agreement).toBe(3 / 5.5);
	const none = options({ weights: [{ model: 'm0', weight: 0 }], otherWeight: 0 });
	expect(reconcile(said('1', '1'), none)).toMatchObject({ answer: 1, agreement: 0, agreed: false });
});

it('is not misled by models with the names of prototype members', () => {
	const answers = ['__proto__', 'constructor', 'm0'].map((model, index) => ({
		model,
		text: String(index),
	}));
	expect(reconcile(answers, options({ weights: WEIGHTS })).winner).toEqual(['m0']);
});

it('is decided when the outstanding weight cannot turn it', () => {
	const weights = options({ weights: WEIGHTS, extract: 'finalNumber' });
	const [first, second, third] = said('1', '2', '2');
	const open = (...models: string[]) => models.map((model) => ({ model }));
	expect(isDecided([first!], open('m1', 'm2'), weights)).toBe(true);
	expect(isDecided([second!, third!], open('m0'), weights)).toBe(false);
	expect(isDecided([first!, second!], open('m2'), weights)).toBe(true);
	expect(isDecided([second!], [{ model: 'm2', weight: 0.5 }], weights)).toBe(true);
});

describe('confidence', () => {
	const calibration = {
		majority: [
			{ minAgreement: 0.3, right: 4, total: 8 },
			{ minAgreement: 0.6, right: 18, total: 18 },
		],
		weighted: [],
	};
	it.each([
		{ texts: ['1', '1', '2'], confidence: 0.95 },
		{ texts: ['1', '2', '3'], confidence: 0.5 },
		{ texts: ['', '', ''], confidence: 0.5 },
	])('of $texts is $confidence', ({ texts, confidence }) => {
		const given = options({ method: 'majority', calibration });
		expect(reconcile(said(...texts), given).confidence).toBe(confidence);
	});

	it('is absent where the table says nothing of the method', () => {
		expect(reconcile(said('1', '1'), options({ calibration }))).not.toHaveProperty('confidence');
		expect(reconcile(said('1', '1'), options())).not.toHaveProperty('confidence');
	});
});
