import '../../support/timed';
import { isOwn, makerOf } from '../../../engine/panel/maker';
import { rotated, shuffled, swapped } from '../../../engine/panel/order';
import { quote } from '../../../engine/panel/quote';
import { hostileTexts } from '../../support/hostileTexts';
import { model } from './scriptedPanel';

test.each([
	{ id: 'openai/gpt-4o-mini', maker: 'openai' },
	{ id: 'gpt-3.5-turbo-0125', maker: 'openai' },
	{ id: 'openai/chat-latest', maker: 'openai' },
	{ id: 'azure/o3-mini', maker: 'openai' },
	{ id: 'anthropic/claude-3-5-haiku', maker: 'anthropic' },
	{ id: 'bedrock/anthropic.claude-haiku-4-5-20251001-v1:0', maker: 'anthropic' },
	{ id: 'openrouter/meta-llama/llama-3.1-70b', maker: 'meta' },
	{ id: 'groq/gemma2-9b-it', maker: 'google' },
	{ id: 'groq/deepseek-r1-distill-llama-70b', maker: 'deepseek' },
	{ id: 'mistral/glm-5-2', maker: 'zhipu' },
	{ id: 'mistral/open-large', maker: 'mistral' },
	{ id: 'local/qwen2.5:7b', maker: 'alibaba' },
	{ id: 'Meta-Llama-3.1-8B-Instruct', maker: 'meta' },
	{ id: 'azure/my-deployment', maker: undefined },
	{ id: 'connected/1', maker: undefined },
	{ id: 'critic', maker: undefined },
	{ id: '', maker: undefined },
])('$id is made by $maker', ({ id, maker }) => {
	expect(makerOf(id)).toBe(maker);
});

test.each([
	{ signed: 'openai/gpt-4o', own: true },
	{ signed: 'gpt-4o', own: true },
	{ signed: 'azure/gpt-4o-2024-08-06', own: true },
	{ signed: 'GPT-4o', own: true },
	{ signed: 'openai/gpt-4o-mini', own: false },
	{ signed: 'openai/gpt-4', own: false },
])('an answer signed $signed is one of gpt-4o: $own', ({ signed, own }) => {
	expect(isOwn(model('gpt-4o', 'openai'), signed)).toBe(own);
});

test('no thing keeps its place in the swapped order', () => {
	for (let count = 2; count <= 26; count++) {
		const order = shuffled(
			Array.from({ length: count }, (_, index) => index),
			`seed ${count}`,
		);
		const other = swapped(order);
		expect([...other].sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
		expect(order.filter((thing, place) => other[place] === thing)).toEqual([]);
		expect(rotated(order, count + 1)).toEqual([...order.slice(1), ...order.slice(0, 1)]);
	}
});

test('a seed gives one order, seeds give all of them about equally often', () => {
	const counts = new Map<string, number>();
	for (let seed = 0; seed < 600; seed++) {
		const order = shuffled(['a', 'b', 'c'], String(seed)).join('');
		counts.set(order, (counts.get(order) ?? 0) + 1);
		expect(shuffled(['a', 'b', 'c'], String(seed)).join('')).toBe(order);
	}
	expect(counts.size).toBe(6);
	for (const count of counts.values()) expect(count).toBeGreaterThan(60);
});

test.each(Object.entries(hostileTexts(300_000)).map(([what, text]) => ({ what, text })))(
	'quotes $what in time',
	({ text }) => {
		const startedAt = performance.now();
		const { texts } = quote([{ text, maxTokens: 1_000 }], 'seed');
		expect(performance.now() - startedAt).toBeLessThan(500);
		expect(texts[0]?.text.length).toBeLessThan(20_000);
	},
);

test.each([
	`<${' '.repeat(200_000)}`,
	'< '.repeat(100_000),
	'</'.repeat(100_000),
	'\u{e0041}'.repeat(100_000),
])('looks for tags in linear time (%#)', (text) => {
	const startedAt = performance.now();
	quote([{ text, maxTokens: 200_000 }], 'seed');
	expect(performance.now() - startedAt).toBeLessThan(500);
});
