import { member, type JsonObject, type JsonValue } from '../spec/json';
import { elements, isObject, isText, present, type StreamDialect } from './streamDialect';

/**
 * Anthropic Messages: the message starts with the input's usage, its blocks follow piece by piece,
 * and a last delta brings the reason and the output's usage, counted from the start.
 * Source: docs.anthropic.com/en/docs/build-with-claude/streaming, read 2026-11-24.
 */
export const messagesStream: StreamDialect = {
	ask: ({ url, body }) => ({ url, body: { ...body, stream: true } }),
	read: () => {
		let message: JsonObject = {};
		const blocks = new Map<JsonValue | undefined, Block>();
		return {
			take: (data) => {
				const place = member(data, 'index');
				switch (member(data, 'type')) {
					case 'message_start':
						message = present(member(data, 'message'));
						return '';
					case 'content_block_start': {
						const start = member(data, 'content_block');
						if (isObject(start)) blocks.set(place, { start, grown: {}, citations: [] });
						return textMember(start);
					}
					case 'content_block_delta':
						return grow(blocks.get(place), member(data, 'delta'));
					case 'message_delta': {
						const usage = { ...present(message.usage), ...present(member(data, 'usage')) };
						message = { ...message, ...present(member(data, 'delta')), usage };
						return '';
					}
					default:
						return '';
				}
			},
			reply: () =>
				isText(message.stop_reason)
					? { ...message, content: [...blocks.values()].map(wholeBlock) }
					: undefined,
		};
	},
};

/** A block of the answer while it grows. */
interface Block {
	readonly start: JsonObject;
	/** What was added to each of its text members. */
	readonly grown: Record<string, string>;
	readonly citations: JsonValue[];
}

/** Members of a delta, and the member of the block that each adds to. */
const GROWS = new Map([
	['text_delta', { from: 'text', to: 'text' }],
	['thinking_delta', { from: 'thinking', to: 'thinking' }],
	['signature_delta', { from: 'signature', to: 'signature' }],
	['input_json_delta', { from: 'partial_json', to: 'input' }],
]);

/** Adds a delta to its block; returns the text that it adds to the answer. */
function grow(block: Block | undefined, delta: JsonValue | undefined): string {
	const type = member(delta, 'type');
	if (block === undefined || typeof type !== 'string') return '';
	const citation = member(delta, 'citation');
	if (type === 'citations_delta' && citation !== undefined) block.citations.push(citation);
	const growth = GROWS.get(type);
	if (growth === undefined) return '';
	const { from, to } = growth;
	const piece = member(delta, from);
	if (!isText(piece)) return '';
	block.grown[to] = (block.grown[to] ?? '') + piece;
	return to === 'text' ? piece : '';
}

function wholeBlock({ start, grown, citations }: Block): JsonObject {
	const { input, ...texts } = grown;
	const longer = Object.entries(texts).map(([key, piece]) => {
		const before = start[key];
		return [key, typeof before === 'string' ? before + piece : piece];
	});
	return {
		...start,
		...Object.fromEntries(longer),
		...(input === undefined ? {} : { input: parsed(input) }),
		...(citations.length === 0 ? {} : { citations: [...elements(start.citations), ...citations] }),
	};
}

function textMember(block: JsonValue | undefined): string {
	const text = member(block, 'type') === 'text' ? member(block, 'text') : undefined;
	return isText(text) ? text : '';
}

function parsed(json: string): JsonValue {
	try {
		return JSON.parse(json) as JsonValue;
	} catch {
		return json;
	}
}
