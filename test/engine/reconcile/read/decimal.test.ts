import {
	decimalOf,
	jsonNumber,
	negated,
	parseDecimal,
	scaled,
} from '../../../../engine/reconcile/read/decimal';

it.each([
	['18', '18'],
	['007', '7'],
	['0', '0'],
	['.5', '0.5'],
	['1.50', '1.5'],
	['1.0', '1'],
	['1,234', '1234'],
	['1,234.50', '1234.5'],
	['12,345,678', '12345678'],
	['1,00,000', '100000'],
	['1.234,50', '1234.5'],
	['1.234.567', '1234567'],
	["1'234.50", '1234.5'],
	['1 234 567', '1234567'],
	['1.234', '1.234'],
	['0,5', '0.5'],
	['90071992547409931', '90071992547409931'],
	['0.33333333333333333', '0.333333333333'],
])('reads %s as %s', (digits, decimal) => {
	expect(parseDecimal(digits, false)).toBe(decimal);
});

it.each(['1,5', '3,14', '1.2.3', '12,34,5', '1,2,3', '1,234,5', '', '.', '192.168.1.1'])(
	'does not guess what %s is',
	(digits) => {
		expect(parseDecimal(digits, false)).toBeUndefined();
	},
);

it('reads a decimal comma where the caller knows that it is one number', () => {
	expect(parseDecimal('1,5', true)).toBe('1.5');
	expect(parseDecimal('1,234', true)).toBe('1234');
});

it.each([
	['1.5', 3, '1500'],
	['15', -3, '0.015'],
	['-2.5', 1, '-25'],
	['0', 5, '0'],
	['6.02', 23, '602000000000000000000000'],
])('scales %s by 10^%d to %s', (decimal, power, expected) => {
	expect(scaled(decimal, power)).toBe(expected);
});

it('refuses a power that would make the text huge', () => {
	expect(scaled('1', 1e9)).toBeUndefined();
});

it('writes computed values without exponent and rounding noise', () => {
	expect(decimalOf(0.1 + 0.2)).toBe('0.3');
	expect(decimalOf(3e23)).toBe('300000000000000000000000');
	expect(decimalOf(1e-7)).toBe('0.0000001');
	expect(decimalOf(-0)).toBe('0');
	expect(decimalOf(1 / 0)).toBeUndefined();
});

it('negates, but knows no negative zero', () => {
	expect([negated('5'), negated('-5'), negated('0')]).toEqual(['-5', '5', '0']);
});

it('shows a number as a JSON number only where no digit is lost', () => {
	expect(jsonNumber('1234.5')).toBe(1234.5);
	expect(jsonNumber('90071992547409931')).toBe('90071992547409931');
});
