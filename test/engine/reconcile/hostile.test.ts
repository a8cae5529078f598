import { reconcile } from '../../../engine/reconcile';
import { EXTRACTIONS, reconcileSchema } from '../../../engine/spec/reconcile';
import { hostileTexts } from '../../support/hostileTexts';

/** Ten times what the slowest takes; what backtracks would take minutes. */
const MAX_MS = 2000;

describe.each(EXTRACTIONS)('%s', (extract) => {
	it.each(Object.entries(hostileTexts(300_000)))('takes %s in linear time', (_, text) => {
		const start = performance.now();
		reconcile(
			[
				{ model: 'a', text },
				{ model: 'b', text: `${text}.` },
			],
			reconcileSchema.parse({ extract }),
		);
		expect(performance.now() - start).toBeLessThan(MAX_MS);
	});
});

it('takes answers whose text holds the names of prototype members', () => {
	const result = reconcile(
		['__proto__', 'constructor', '__proto__'].map((text, index) => ({ model: `m${index}`, text })),
		reconcileSchema.parse({}),
	);
	expect(result).toMatchObject({ answer: '__proto__', agreement: 2 / 3 });
});

it('reconciles 20,000 answers in one group without comparing each with each', () => {
	const answers = Array.from({ length: 20_000 }, (_, index) => ({
		model: `m${index}`,
		text: `I counted twice. The answer is ${index % 5000}.`,
	}));
	const start = performance.now();
	expect(reconcile(answers, reconcileSchema.parse({})).votes).toHaveLength(5000);
	expect(performance.now() - start).toBeLessThan(MAX_MS);
});
