import '../../support/timed';
import { reconcile } from '../../../engine/reconcile';
import { EXTRACTIONS, RECONCILE_METHODS, reconcileSchema } from '../../../engine/spec/reconcile';
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
			reconcileSchema.parse({ extract, jsonPath: 'a[0].b', regex: '(?:a|1|x)*(.*)+Z' }),
		);
		expect(performance.now() - start).toBeLessThan(MAX_MS);
	});
});

describe.each(RECONCILE_METHODS)('the method %s', (method) => {
	it.each(Object.entries(hostileTexts(100_000)))('takes %s in linear time', (_, text) => {
		const start = performance.now();
		const answers = [text, `${text}.`, text.slice(1)].map((one, index) => ({
			model: `m${index}`,
			text: one,
		}));
		reconcile(answers, reconcileSchema.parse({ method, validity: { pattern: '(?:a|1)*Z' } }));
		expect(performance.now() - start).toBeLessThan(MAX_MS);
	});

	it('takes NUL, lone surrogates and names of prototype members', () => {
		const texts = ['\0', '\ud800', '{"__proto__": 1, "constructor": "x"}', '\udc00a', '__proto__'];
		const answers = texts.map((text, index) => ({ model: `m${index}`, text }));
		const options = reconcileSchema.parse({ method, validity: { pattern: '.' } });
		expect(JSON.parse(JSON.stringify(reconcile(answers, options)))).toMatchObject({ method });
		expect(({} as { constructor: unknown }).constructor).toBe(Object);
	});

	it('refuses what is nested too deeply to be compared', () => {
		let text: object = {};
		for (let depth = 0; depth < 20_000; depth += 1) text = { a: text };
		const answers = [0, 1].map((index) => ({ model: `m${index}`, text: text as never }));
		expect(() => reconcile(answers, reconcileSchema.parse({ method }))).toThrow(
			'nested too deeply',
		);
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
