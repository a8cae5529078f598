import { cacheKey } from '../../../engine/policies/cacheKey';
import type { ChatRequest, Plan } from '../../../engine/index';
import { ask, CACHED, candidate, planOf } from '../../support/scriptedEngine';

const A = candidate('a');
const plan = planOf([A], CACHED);
const image = (bytes: number[]): ChatRequest => ({
	messages: [
		{
			role: 'user',
			content: 'What is this?',
			attachments: [{ kind: 'image', mediaType: 'image/png', data: new Uint8Array(bytes) }],
		},
	],
	outputFormat: 'text',
});

test('does not depend on the order of keys', () => {
	const options = (providerOptions: { [key: string]: number }) =>
		planOf([{ ...A, settings: { providerOptions, temperature: 1 } }], CACHED);
	expect(cacheKey(ask(), options({ a: 1, b: 2 }))).toBe(cacheKey(ask(), options({ b: 2, a: 1 })));
});

test.each<[string, ChatRequest, Plan]>([
	['the text', ask('something else'), plan],
	['a space inside the text', ask('What is  6 × 7?'), plan],
	['the output format', { ...ask(), outputFormat: 'json' }, plan],
	['the schema', { ...ask(), jsonSchema: { type: 'object' } }, plan],
	[
		'a setting at its usual default',
		ask(),
		planOf([{ ...A, settings: { temperature: 1 } }], CACHED),
	],
	['the output limit', ask(), planOf([{ ...A, settings: { maxOutputTokens: 5 } }], CACHED)],
	['the sample', ask(), planOf([A], { cache: { ...CACHED.cache, variant: 'sample 2' } })],
	['the candidates', ask(), planOf([A, candidate('b')], CACHED)],
])('depends on %s', (_what, request, other) => {
	expect(cacheKey(request, other)).not.toBe(cacheKey(ask(), plan));
});

test('depends on the bytes of an attachment, not on the object that holds them', () => {
	expect(cacheKey(image([1, 2]), plan)).toBe(cacheKey(image([1, 2]), plan));
	expect(cacheKey(image([1, 2]), plan)).not.toBe(cacheKey(image([1, 3]), plan));
});

test('holds no key of a credential', () => {
	expect(cacheKey(ask(), planOf([candidate('a', { keys: ['sk-1'] })], CACHED))).toBe(
		cacheKey(ask(), planOf([candidate('a', { keys: ['sk-2'] })], CACHED)),
	);
});

test('does not depend on how hard it is tried: whatever is stored was accepted', () => {
	const changes: Partial<Plan>[] = [
		{ jsonRepair: 'off' },
		{ jsonRepair: 'cheapest' },
		{ fallbackOn: [] },
		{ deadlineMs: 5 },
	];
	for (const change of changes) {
		expect(cacheKey(ask(), { ...plan, ...change })).toBe(cacheKey(ask(), plan));
	}
});
