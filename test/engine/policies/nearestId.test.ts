import '../../support/timed';
import { nearestId } from '../../../engine/policies/nearestId';

const KNOWN = [
	'openai/gpt-4',
	'openai/gpt-4o',
	'openai/gpt-4o-mini',
	'openai/gpt-4.1-nano',
	'openai/gpt-6-luna',
	'anthropic/claude-haiku-5-5',
	'anthropic/claude-3-5-haiku-20241022',
	'google/gemini-3.8-flash',
	'google/gemini-3.8-flash-lite',
];

test.each([
	{ id: 'openai/gpt-4o-minii', nearest: 'openai/gpt-4o-mini' },
	{ id: 'openai/gtp-4o-mini', nearest: 'openai/gpt-4o-mini' },
	{ id: 'openai/GPT-4o-Mini', nearest: 'openai/gpt-4o-mini' },
	{ id: 'openai/gpt-4-1-nano', nearest: 'openai/gpt-4.1-nano' },
	{ id: 'openai/gpt6-luna', nearest: 'openai/gpt-6-luna' },
	{ id: 'anthropic/claude-haiku-5.5', nearest: 'anthropic/claude-haiku-5-5' },
	{ id: 'anthropic/claude-3-5-haiku', nearest: 'anthropic/claude-3-5-haiku-20241022' },
	{ id: 'anthropic/claude-3.5-haiku-latest', nearest: 'anthropic/claude-3-5-haiku-20241022' },
	{ id: 'google/gemini-3.8-flsh', nearest: 'google/gemini-3.8-flash' },
])('$id was meant to be $nearest', ({ id, nearest }) => {
	expect(nearestId(id, KNOWN)).toBe(nearest);
});

test.each([
	{ id: 'openai/gpt-7-luna', why: 'another version' },
	{ id: 'openai/gpt-6-terra', why: 'another name' },
	{ id: 'google/gemini-3.9-flash', why: 'another version' },
	{ id: 'x', why: 'nothing like it' },
])('$id is near nothing: $why', ({ id }) => {
	expect(nearestId(id, KNOWN)).toBeUndefined();
});

test('takes a hostile name in no time', () => {
	const known = Array.from({ length: 700 }, (_, index) => `openai/${'a'.repeat(100)}${index}`);
	const startedAtMs = performance.now();
	nearestId(`openai/${'a'.repeat(100_000)}`, known);
	nearestId(`openai/${'a'.repeat(99)}b1`, known);
	expect(performance.now() - startedAtMs).toBeLessThan(200);
});
