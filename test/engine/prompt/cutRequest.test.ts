import type { ChatRequest } from '../../../engine/index';
import { estimateRequestTokens } from '../../../engine/policies/estimateTokens';
import { cutRequestSteps, type CutOptions } from '../../../engine/prompt/cutRequest';
import { atOnce } from '../../../engine/prompt/steps';
import { expectQuickSteps } from '../../support/expectQuickSteps';

const LONG = Array.from({ length: 300 }, (_, line) => `Line ${line} of a long text.`).join('\n');

const cut = (request: ChatRequest, options: Partial<CutOptions> = {}) =>
	atOnce(
		cutRequestSteps(request, { maxTokens: 500, overflow: 'keepStart', factor: 1, ...options }),
	);

const conversation: ChatRequest = {
	messages: [
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'First question' },
		{ role: 'assistant', content: 'First answer' },
		{ role: 'user', content: LONG },
	],
	outputFormat: 'text',
};

test.each(['keepStart', 'keepEnd', 'keepBoth'] as const)(
	'%s cuts the last user message and nothing else',
	(overflow) => {
		const result = cut(conversation, { overflow });
		if (!('request' in result)) throw new Error('not cut');
		const { request, what, beforeTokens, afterTokens } = result;
		expect(what).toBe('last user message');
		expect(request.messages.slice(0, 3)).toEqual(conversation.messages.slice(0, 3));
		expect(estimateRequestTokens(request)).toBeLessThanOrEqual(500);
		expect(estimateRequestTokens(request)).toBeGreaterThan(440);
		const text = request.messages[3]?.content ?? '';
		expect(text.includes('Line 0 ')).toBe(overflow !== 'keepEnd');
		expect(text.includes('Line 299 ')).toBe(overflow !== 'keepStart');
		expect(afterTokens).toBeLessThan(beforeTokens);
	},
);

test('a context that is longer than the task is cut instead of it', () => {
	const request: ChatRequest = {
		messages: [{ role: 'user', content: 'Sum it up', sections: { context: LONG, role: 'Editor' } }],
		outputFormat: 'text',
	};
	const result = cut(request);
	if (!('request' in result)) throw new Error('not cut');
	expect(result.what).toBe('context');
	expect(result.request.messages).toEqual([
		{
			role: 'user',
			content: 'Sum it up',
			sections: { context: expect.stringMatching(/^Line 0 /), role: 'Editor' },
		},
	]);
	expect(estimateRequestTokens(result.request)).toBeLessThanOrEqual(500);
});

test("a model's factor counts", () => {
	const result = cut(conversation, { factor: 1.6 });
	if (!('request' in result)) throw new Error('not cut');
	expect(estimateRequestTokens(result.request, 1.6)).toBeLessThanOrEqual(500);
	expect(estimateRequestTokens(result.request)).toBeLessThan(330);
});

test('instructions that alone are too long are told, not cut', () => {
	const request: ChatRequest = {
		messages: [
			{ role: 'system', content: LONG },
			{ role: 'user', content: 'Hello' },
		],
		outputFormat: 'text',
	};
	expect(cut(request)).toEqual({ uncutTokens: estimateRequestTokens(request) - 1 });
});

test.each(['keepStart', 'keepEnd', 'keepBoth'] as const)(
	'%s of 5 MB never holds up the event loop',
	(overflow) => {
		const content = 'Lorem ipsum dolor sit amet, consetetur.\n'.repeat(125_000);
		const request: ChatRequest = { messages: [{ role: 'user', content }], outputFormat: 'text' };
		expectQuickSteps(() => cutRequestSteps(request, { maxTokens: 100_000, overflow, factor: 1 }));
	},
);
