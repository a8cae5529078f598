import { reconcile } from '../../../engine/reconcile';
import { couldStillChange, isDecided, type Outstanding } from '../../../engine/reconcile/decided';
import { reconcileSchema, type AnswerIn } from '../../../engine/spec/reconcile';
import { seededRandom } from '../../support/seededRandom';

const said = (...texts: string[]): AnswerIn[] =>
	texts.map((text, index) => ({ model: `m${index}`, text }));
const open = (count: number): Outstanding[] =>
	Array.from({ length: count }, (_, index) => ({ model: `open${index}` }));
const options = (given = {}) => reconcileSchema.parse(given);

it.each([
	{ texts: [], outstanding: 2, decided: false },
	{ texts: ['4'], outstanding: 0, decided: true },
	{ texts: ['4', '4'], outstanding: 1, decided: true },
	{ texts: ['4', '5'], outstanding: 1, decided: false },
	{ texts: ['4', '4', '4'], outstanding: 2, decided: true },
	{ texts: ['4', '4', '5'], outstanding: 2, decided: false },
	{ texts: ['4', '4', '5', '4'], outstanding: 1, decided: true },
	{ texts: ['4', '4', '5', '5', '4'], outstanding: 1, decided: false },
	{ texts: ['4', '4', '', ''], outstanding: 1, decided: true },
	{ texts: ['4', '4', '', ''], outstanding: 2, decided: false },
	{ texts: ['4', '4', '5'], outstanding: 1, decided: false },
])('$texts with $outstanding to come: decided is $decided', ({ texts, outstanding, decided }) => {
	expect(isDecided(said(...texts), open(outstanding), options())).toBe(decided);
	expect(couldStillChange(said(...texts), open(outstanding), options())).toBe(!decided);
});

it('reads answers as Reconcile does', () => {
	const texts = ['The answer is 42.', '{"answer": "$42.00"}', '\\boxed{42}'];
	expect(isDecided(said(...texts), open(2), options())).toBe(true);
	expect(isDecided(said(...texts), open(2), options({ extract: 'wholeText' }))).toBe(false);
});

it('waits while further answers could still make "auto" read them in another way', () => {
	const long = 'Line one\nends in A\n'.repeat(3);
	expect(isDecided(said(long, long, long), open(1), options())).toBe(true);
	expect(isDecided(said('', 'x', 'x'), open(1), options({ extract: 'wholeText' }))).toBe(true);
});

it('counts with a tolerance only on what nobody could part again', () => {
	const tolerant = options({ normalization: { relativeTolerance: 0.01 } });
	expect(isDecided(said('100', '100.5', '7'), open(1), tolerant)).toBe(false);
	expect(isDecided(said('100', '100', '100', '7'), open(1), tolerant)).toBe(true);
});

describe('whatever the outstanding ones say', () => {
	const TEXTS = [
		'4',
		'5',
		'A',
		'B.',
		'',
		'The answer is 4.',
		'\\boxed{5}',
		'no idea\nat all',
		'4.0',
	];

	it('the winner stays when it was decided', () => {
		const random = seededRandom(7);
		const pick = () => TEXTS[Math.floor(random() * TEXTS.length)] ?? '';
		const counts = { decided: 0, open: 0 };
		for (let round = 0; round < 4000; round += 1) {
			const inHand = said(...Array.from({ length: 2 + Math.floor(random() * 4) }, pick));
			const outstanding = open(1 + Math.floor(random() * 3));
			if (!isDecided(inHand, outstanding, options())) {
				counts.open += 1;
				continue;
			}
			counts.decided += 1;
			const before = reconcile(inHand, options()).winner;
			const completed = [...inHand, ...outstanding.map(({ model }) => ({ model, text: pick() }))];
			expect(reconcile(completed, options()).winner).toEqual(expect.arrayContaining([...before]));
		}
		expect(counts.decided).toBeGreaterThan(300);
		expect(counts.open).toBeGreaterThan(300);
	});
});
