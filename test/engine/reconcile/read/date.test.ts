import { readDate } from '../../../../engine/reconcile/read/date';

it.each([
	{ text: '2024-03-05', date: '2024-03-05' },
	{ text: '2024/3/5', date: '2024-03-05' },
	{ text: '2024.03.05', date: '2024-03-05' },
	{ text: '2024-03-05T00:00:00Z', date: '2024-03-05' },
	{ text: 'March 5, 2024', date: '2024-03-05' },
	{ text: 'Mar. 5 2024', date: '2024-03-05' },
	{ text: '5 March 2024', date: '2024-03-05' },
	{ text: '5th of March, 2024', date: '2024-03-05' },
	{ text: 'Tuesday, March 5th, 2024', date: '2024-03-05' },
	{ text: '5. März 2024', date: '2024-03-05' },
	{ text: '5 de marzo de 2024', date: '2024-03-05' },
	{ text: '1er août 2024', date: '2024-08-01' },
	{ text: '05.03.2024', date: '2024-03-05' },
	{ text: '31/12/2024', date: '2024-12-31' },
	{ text: '12/31/2024', date: '2024-12-31' },
	{ text: '05/05/2024', date: '2024-05-05' },
	{ text: '2024年3月5日', date: '2024-03-05' },
])('reads $text', ({ text, date }) => {
	expect(readDate(text, 'clear')).toBe(date);
});

it.each([
	{ text: '03/04/2024' },
	{ text: '2024-02-30' },
	{ text: '2024-13-01' },
	{ text: '2024-03-05T10:30:00Z' },
	{ text: '5 apples 2024' },
	{ text: '2010-2024' },
	{ text: '5/10/24' },
	{ text: 'March 2024' },
	{ text: '31.02.2024' },
	{ text: '' },
])('leaves $text as it is', ({ text }) => {
	expect(readDate(text, 'clear')).toBeUndefined();
});

it('reads an unclear order as the builder says', () => {
	expect(readDate('03/04/2024', 'dayFirst')).toBe('2024-04-03');
	expect(readDate('03/04/2024', 'monthFirst')).toBe('2024-03-04');
	expect(readDate('13/04/2024', 'monthFirst')).toBe('2024-04-13');
	expect(readDate('2024-03-05', 'off')).toBeUndefined();
});
