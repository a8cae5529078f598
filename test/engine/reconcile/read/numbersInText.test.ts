import {
	concludingNumber,
	lastNumber,
	onlyNumber,
} from '../../../../engine/reconcile/read/numbersInText';

describe('the last number of a text', () => {
	it.each([
		['She pays $40 + $24 = $64.', '64'],
		['First 3.\nThen 12 apples', '12'],
		['The balance is -$5.50 now.', '-5.5'],
		['It comes to 1,234.50 dollars', '1234.5'],
		['About 3 × 10^8 m/s', '300000000'],
		['Roughly 2.5 million people', '2500000'],
		['The half is \\frac{1}{2}.', '0.5'],
		['3/4 of it', '0.75'],
		['area of 5 cm^2', '5'],
		['Step 2: GPT4 says 7', '7'],
		['٤٢ هو الجواب', '42'],
	])('in "%s" is %s', (text, decimal) => {
		expect(lastNumber(text)?.decimal).toBe(decimal);
	});

	it.each([
		'The meeting takes 2 hours and starts at 10:30',
		'5 people on 2024-05-01',
		'The 4 of us met on May 5',
		'Between 3-5',
		'so x = 8√2',
		'nothing at all',
		'',
	])('in "%s" is not guessed', (text) => {
		expect(lastNumber(text)).toBeUndefined();
	});
});

describe('the only number of a sentence', () => {
	it.each([
		['Bob bought 13 white fish at the store.', '13'],
		['It is 5, yes 5.', '5'],
	])('in "%s" is %s', (sentence, decimal) => {
		expect(onlyNumber(sentence)?.decimal).toBe(decimal);
	});

	it.each([
		'5 or 7',
		'hotter than 40 degrees',
		'at least 3',
		'not 5',
		'x = -4',
		'the value of $k$ is $\\lfloor x \\rfloor + 1$',
		'9n',
		'at 10:30',
	])('in "%s" is none', (sentence) => {
		expect(onlyNumber(sentence)).toBeUndefined();
	});
});

describe('the number a text comes to', () => {
	it.each([
		['Let me think. 3 * 6 is needed. So she makes $18.', '18'],
		['We add. Total = 12 + 6 = 18 dollars.', '18'],
	])('in "%s" is %s', (text, decimal) => {
		expect(concludingNumber(text)?.decimal).toBe(decimal);
	});

	it.each(['We add 12 and 6 to get 18, and then', 'x = 5 + 4 + 4 +', '(18, 2), ('])(
		'is none when it was cut off: "%s"',
		(text) => {
			expect(concludingNumber(text)).toBeUndefined();
		},
	);
});
