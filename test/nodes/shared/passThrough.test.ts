import { passThrough } from '../../../nodes/shared/passThrough';

it('puts input fields first and lets the fields of the node replace their namesakes', () => {
	const { json } = passThrough({ text: 'old', id: 1 }, { text: 'new', model: 'm' }, []);
	expect(Object.entries(json)).toEqual([
		['id', 1],
		['text', 'new'],
		['model', 'm'],
	]);
});

it('removes optional fields that this run did not set', () => {
	const { json } = passThrough({ data: 1, warnings: ['old'] }, { data: undefined }, [
		'data',
		'warnings',
	]);
	expect(json).toEqual({});
});

it('drops what n8n would misread, and names it', () => {
	expect(passThrough({ error: '', tokenUsage: {}, a: 1 }, {}, [])).toEqual({
		json: { a: 1 },
		droppedKeys: ['error', 'tokenUsage'],
	});
	expect(passThrough({ a: 1 }, {}, []).droppedKeys).toEqual([]);
});

it('keeps a field called __proto__ as a field', () => {
	const input = JSON.parse('{"__proto__": {"polluted": true}}') as object;
	const { json } = passThrough({ ...input }, {}, []);
	expect(json.polluted).toBeUndefined();
});
