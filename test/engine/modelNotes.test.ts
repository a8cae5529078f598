import { meantModel, modelNotes } from '../../engine/modelNotes';

test('names deprecated models once, as they were asked for', () => {
	const old = ['openai/gpt-4o-mini-2024-07-18', 'anthropic/claude-3-5-haiku-latest'];
	expect(modelNotes([...old, ...old, 'openai/gpt-6-luna'])).toEqual({
		deprecated: old,
		unknown: [],
	});
});

test('names models that the catalogue should hold, with what was probably meant', () => {
	expect(modelNotes(['openai/gpt-6-lunaa', 'google/brand-new']).unknown).toEqual([
		{ id: 'openai/gpt-6-lunaa', meant: 'openai/gpt-6-luna' },
		{ id: 'google/brand-new' },
	]);
});

test.each([
	{ id: 'openaiCompatible/gpt-6-lunaa' },
	{ id: 'local/llama3' },
	{ id: 'connected/1' },
	{ id: 'openai/ft:gpt-4o-mini:acme::1' },
	{ id: 'google/tunedModels/mine' },
	{ id: 'openai/gpt-6-luna-2027-02-14' },
])('says nothing of $id', ({ id }) => {
	expect(modelNotes([id])).toEqual({ deprecated: [], unknown: [] });
});

test('finds a model that stands under the wrong vendor', () => {
	expect(meantModel('openai/claude-haiku-5-5')).toBe('anthropic/claude-haiku-5-5');
	expect(meantModel('local/claude-haiku-5-5')).toBe('anthropic/claude-haiku-5-5');
	expect(meantModel('openai/gpt-6-luna')).toBeUndefined();
});
