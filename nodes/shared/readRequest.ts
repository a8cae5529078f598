import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	CancelledError,
	InvalidPlanError,
	inSteps,
	prepareRequestSteps,
	type Attachment,
	type ChatMessage,
	type ChatRequest,
	type PreprocessingOptions,
	type PromptSections,
} from '../../engine/index';
import { breather } from './breather';
import { fieldReader } from './fieldReader';
import { isBlank } from './isBlank';
import { oneOf } from './oneOf';
import { readAttachments, type AttachmentRef } from './readAttachments';
import { readJsonShape } from './readJsonShape';
import { joinTurns, readHistory, readMessages, type Conversation } from './readMessages';
import { readPreprocessing } from './readPreprocessing';
import { readText } from './readText';
import { shown } from './shown';

/** A request that was checked; the bytes of its files are read when it is sent. */
export interface RequestDraft {
	readonly request: ChatRequest;
	readonly attachments: readonly AttachmentRef[];
	/** How its texts are prepared before they are sent. */
	readonly preparation: Preparation;
	/** Sentences on what of the input had to be left out. */
	readonly warnings: readonly string[];
}

export type Preparation = Pick<PreprocessingOptions, 'normalize' | 'htmlToText'>;

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
	const jsonSchema = outputFormat === 'json' ? readJsonShape(field) : undefined;
	const { normalize, htmlToText, sections = {} } = readPreprocessing(context, itemIndex);
	const { task, ...around } = sections;
	if (task !== undefined && inputType === 'messages') throw twoTasks('Messages', task);
	const { messages, warnings } =
		inputType === 'messages'
			? readMessages(field('messages'))
			: readPrompt(field('prompt'), task, field('systemPrompt'), field('history'));
	return {
		request: {
			messages: withSections(messages, around),
			outputFormat,
			...(jsonSchema === undefined ? {} : { jsonSchema }),
		},
		attachments: readAttachments(field('attachments'), item.binary),
		preparation: { normalize, htmlToText },
		warnings,
	};
}

/**
 * The request as it is asked: its texts prepared, with the bytes of its files, which go with the
 * last user message.
 */
export async function completeRequest(
	context: Context & Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>,
	itemIndex: number,
	{ request: draft, attachments, preparation }: RequestDraft,
): Promise<ChatRequest> {
	const breathe = breather();
	const signal = context.getExecutionCancelSignal?.();
	const request = await inSteps(prepareRequestSteps(draft, preparation), async () => {
		await breathe();
		if (signal?.aborted) throw new CancelledError();
	});
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

/** The sections stand around the last user message, which says what is to be done. */
function withSections(messages: readonly ChatMessage[], sections: PromptSections): ChatMessage[] {
	const isEmpty = Object.keys(sections).length === 0;
	const last = isEmpty ? -1 : messages.findLastIndex(({ role }) => role === 'user');
	return messages.map((message, index) => (index === last ? { ...message, sections } : message));
}

function twoTasks(other: string, task: string): InvalidPlanError {
	return new InvalidPlanError(
		`${other} and Preprocessing > Sections: Task both say what to do, got the task ${shown(task)}`,
		`Leave Task empty to use ${other}, which the other sections then stand around${other === 'Prompt' ? ', or leave Prompt empty' : ''}.`,
	);
}

function readPrompt(
	prompt: unknown,
	task: string | undefined,
	systemPrompt: unknown,
	history: unknown,
): Conversation {
	const written = readText('Prompt', prompt);
	if (task !== undefined && !isBlank(written)) throw twoTasks('Prompt', task);
	const content = task ?? written;
	if (isBlank(content)) {
		throw new InvalidPlanError(
			`Prompt is empty, got ${shown(prompt)}`,
			'Write a prompt, or a Task under Preprocessing > Sections, or correct the expression: it gave nothing for this item.',
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
