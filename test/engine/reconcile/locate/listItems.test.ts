import { itemHead, listIn, listItems } from '../../../../engine/reconcile/locate/listItems';

it.each([
	{ text: '- a\n- b\n  - inner\n- c', items: ['a', 'b', 'c'] },
	{ text: 'Here they are:\n\n1. **a**\n2. b\n\nHope this helps!', items: ['a', 'b'] },
	{ text: '(a) one\n(b) two', items: ['one', 'two'] },
	{ text: '- [x] done\n- [ ] open', items: ['done', 'open'] },
	{ text: 'apples, pears, and plums.', items: ['apples', 'pears', 'plums'] },
	{ text: 'apples and pears', items: ['apples', 'pears'] },
	{ text: 'a; b; c', items: ['a', 'b', 'c'] },
	{ text: '1,000 and 2.5', items: ['1,000', '2.5'] },
	{ text: 'one\ntwo\nthree', items: ['one', 'two', 'three'] },
	{ text: 'Fruits:\napples\npears', items: ['apples', 'pears'] },
	{ text: '```\n- a\n- b\n```', items: ['a', 'b'] },
	{ text: 'alone', items: ['alone'] },
])('reads $text', ({ text, items }) => {
	expect(listItems(text)).toEqual(items);
});

it('finds the list of a document: itself, or its only one', () => {
	expect(listIn([1, 2])).toEqual([1, 2]);
	expect(listIn({ items: ['a'], count: 1 })).toEqual(['a']);
	expect(listIn({ a: [], b: [] })).toBeUndefined();
	expect(listIn('a')).toBeUndefined();
});

it('knows an item by its bold head', () => {
	expect(itemHead('**Paris**: the capital of France')).toBe('Paris');
	expect(itemHead('Paris: the capital')).toBe('Paris: the capital');
	expect(itemHead('**Paris** and Rome')).toBe('**Paris** and Rome');
});
