import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	InvalidPlanError,
	schemaProblem,
	type Attachment,
	type ChatMessage,
	type ChatRequest,
	type JsonSchema,
} from '../../engine/index';
import { fieldReader } from './fieldReader';
import { isBlank } from './isBlank';
import { jsonObjectOf } from './jsonObjectOf';
import { readAttachments, type AttachmentRef } from './readAttachments';
import { joinTurns, readHistory, readMessages, type Conversation } from './readMessages';
import { jsonText, shown } from './shown';

/** A request that was checked; the bytes of its files are read when it is sent. */
export interface RequestDraft {
	readonly request: ChatRequest;
	readonly attachments: readonly AttachmentRef[];
	/** Sentences on what of the input had to be left out. */
	readonly warnings: readonly string[];
}

type Context = Pick<IExecuteFunctions, 'getNodeParameter' | 'helpers'>;

/**
 * Reads what is asked for one item.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readRequest(
	context: Context,
	itemIndex: number,
	item: INodeExecutionData,
): RequestDraft {
	const field = fieldReader(context, itemIndex);
	const outputFormat = oneOf('Output Format', field('outputFormat') ?? 'text', ['text', 'json']);
	const inputType = oneOf('Input Type', field('inputType') ?? 'prompt', ['prompt', 'messages']);
	const jsonSchema = outputFormat === 'json' ? readJsonSchema(field('jsonSchema')) : undefined;
	const { messages, warnings } =
		inputType === 'messages'
			? readMessages(field('messages'))
			: readPrompt(field('prompt'), field('systemPrompt'), field('history'));
	return {
		request: {
			messages,
			outputFormat,
			...(jsonSchema === undefined ? {} : { jsonSchema }),
		},
		attachments: readAttachments(field('attachments'), item.binary),
		warnings,
	};
}

/** The request with the bytes of its files, which go with the last user message. */
export async function completeRequest(
	context: Context,
	itemIndex: number,
	{ request, attachments }: RequestDraft,
): Promise<ChatRequest> {
	if (attachments.length === 0) return request;
	const files = await Promise.all(
		attachments.map(async ({ property, ...facts }): Promise<Attachment> => {
			const data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
			return { ...facts, data };
		}),
	);
	const last = request.messages.findLastIndex(({ role }) => role === 'user');
	return {
		...request,
		messages: request.messages.map((message, index) =>
			index === last ? { ...message, attachments: files } : message,
		),
	};
}

function readPrompt(prompt: unknown, systemPrompt: unknown, history: unknown): Conversation {
	const content = readText('Prompt', prompt);
	if (isBlank(content)) {
		throw new InvalidPlanError(
			`Prompt is empty, got ${shown(prompt)}`,
			'Write a prompt, or correct its expression: it gave nothing for this item.',
		);
	}
	const system = readText('System Prompt', systemPrompt);
	const rules: ChatMessage[] = isBlank(system) ? [] : [{ role: 'system', content: system }];
	const { messages: earlier, warnings } = readHistory(history);
	const asked: ChatMessage = { role: 'user', content };
	const last = earlier.at(-1);
	// A memory may hold the prompt already.
	const isKnown = last?.role === 'user' && last.content.trim() === content.trim();
	const before = isKnown ? earlier.slice(0, -1) : earlier;
	return { messages: joinTurns([...rules, ...before, asked]), warnings };
}

function readText(label: string, value: unknown): string {
	const text = asText(value);
	if (text !== undefined) return text;
	throw new InvalidPlanError(
		`${label} must be text, got ${shown(value)}`,
		`Correct the expression of ${label}: it may give text, a number, or an object that JSON can hold.`,
	);
}

/**
 * An expression may give an object or a number: models read JSON well. One that holds nothing is
 * empty text; what is neither text nor JSON gives `undefined`.
 */
function asText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value;
		case 'undefined':
			return '';
		case 'number':
			return Number.isFinite(value) ? String(value) : undefined;
		case 'bigint':
			return String(value);
		case 'boolean':
		case 'object': {
			const text = value === null ? '' : jsonText(value);
			return text === '{}' || text === '[]' ? '' : text;
		}
		default:
			return undefined;
	}
}

function readJsonSchema(raw: unknown): JsonSchema | undefined {
	if (raw === undefined || raw === null) return undefined;
	if (typeof raw === 'string' && raw.trim() === '') return undefined;
	const schema = jsonObjectOf(raw);
	const problem = schema === undefined ? 'it is not a JSON object' : schemaProblem(schema);
	if (schema === undefined || problem !== undefined) {
		throw new InvalidPlanError(
			`JSON Schema cannot be used: ${problem}, got ${shown(raw)}`,
			'Give a JSON Schema object such as {"type": "object"}, or leave the field empty to take any JSON.',
		);
	}
	return schema;
}

function oneOf<T extends string>(label: string, value: unknown, allowed: readonly T[]): T {
	const found = allowed.find((one) => one === value);
	if (found !== undefined) return found;
	throw new InvalidPlanError(
		`${label} must be one of ${allowed.join(', ')}, got ${shown(value)}`,
		`Choose ${label} from its list, or correct its expression.`,
	);
}
