import { parseJsonPath, valueAtPath } from '../../../../engine/reconcile/locate/jsonPath';

const DOCUMENT = { a: { b: [{ c: 1 }, { c: 2 }], 'x y': 'z', 'd.e': 3, "it's": 4 }, n: null };
const at = (path: string) => valueAtPath(DOCUMENT, parseJsonPath(path));

it.each([
	{ path: 'a.b[0].c', value: 1 },
	{ path: '$.a.b[1].c', value: 2 },
	{ path: 'a.b[-1].c', value: 2 },
	{ path: "a['x y']", value: 'z' },
	{ path: 'a["d.e"]', value: 3 },
	{ path: 'a.x y', value: 'z' },
	{ path: "a['it\\'s']", value: 4 },
	{ path: '$["a"]["b"][0]["c"]', value: 1 },
	{ path: 'n', value: null },
	{ path: '$', value: DOCUMENT },
	{ path: 'a.b[9]', value: undefined },
	{ path: 'a.b.c', value: undefined },
	{ path: 'a.b.length', value: undefined },
	{ path: 'a.constructor', value: undefined },
	{ path: '__proto__', value: undefined },
	{ path: 'n.x', value: undefined },
])('$path leads to $value', ({ path, value }) => {
	expect(at(path)).toEqual(value);
});

it.each([
	{ path: '', problem: 'JSON Path "" is empty' },
	{ path: 'a.*', problem: 'holds ".*", which leads to several values' },
	{ path: 'a[*].b', problem: 'holds "[*].b", which leads to several values' },
	{ path: 'a..b', problem: 'which leads to several values' },
	{ path: 'a[1:3]', problem: 'which leads to several values' },
	{ path: 'a[?(@.x)]', problem: 'which leads to several values' },
	{ path: 'a[', problem: 'cannot be read from "[" on' },
	{ path: 'a.b]', problem: 'cannot be read from "]" on' },
	{ path: '[0', problem: 'cannot be read from "[0" on' },
])('refuses $path', ({ path, problem }) => {
	expect(() => parseJsonPath(path)).toThrow(problem);
});
