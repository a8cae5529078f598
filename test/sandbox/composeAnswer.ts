import { promptText, type Answer, type ChatAsk, type UsageCounts } from './ask';
import type { Model } from './catalogue/model';
import { parseJson, type Json } from './json';
import { intentOf, statement } from './recorded/intent';
import { normalise } from './recorded/normalise';
import type { FindQuestion } from './recorded/questionIndex';
import type { RecordedAnswer } from './recorded/recordings';
import { jsonBlock, solutionOf, type Solution } from './recorded/solution';
import { promptParts } from './replies/promptParts';
import { isValid, schemaInstance } from './replies/schemaInstance';
import { jsonReply, replyToUnknown } from './replies/unknownPrompt';
import type { PromptCache } from './usage/promptCache';
import { reasoningTokens } from './usage/reasoning';
import { countTokens, firstTokens } from './usage/tokens';

/** Tokens of a picture or a page, and of a message's own frame. */
const ATTACHMENT_TOKENS = 600;
const MESSAGE_TOKENS = 3;

export interface AnswerParts {
	readonly findQuestion: FindQuestion;
	readonly promptCache: PromptCache;
}

export interface AnswerRequest {
	readonly ask: ChatAsk;
	/** The ID as sent, without suffixes: an alias may have recordings of its own. */
	readonly askedId: string;
	readonly model: Model;
	/** Prompt caches are kept apart by key. */
	readonly keyFingerprint: string;
}

/** The model's answer: recorded if somebody recorded it, else made up; then cut and counted. */
export function composeAnswer(request: AnswerRequest, parts: AnswerParts): Answer {
	const { ask, model } = request;
	const prompt = promptText(ask);
	const written = write(request, prompt, parts.findQuestion);
	const thoughtTokens = reasoningTokens(model, ask);
	const limit = ask.maxOutputTokens ?? model.maxOutputTokens;
	const textLimit = Math.max(0, limit - thoughtTokens);
	const ended = endText(written.text, ask.stop, textLimit);
	const isTool = written.toolInput !== undefined && ask.forcedTool !== undefined;
	const toolText = isTool ? JSON.stringify(written.toolInput) : '';
	return {
		model: model.id,
		text: isTool ? '' : ended.text,
		finish: isTool ? 'tool' : ended.finish,
		...(ended.stopSequence === undefined ? {} : { stopSequence: ended.stopSequence }),
		...(isTool && ask.forcedTool !== undefined
			? { toolCall: { name: ask.forcedTool.name, input: written.toolInput ?? null } }
			: {}),
		usage: {
			...inputUsage(request, prompt, parts.promptCache),
			textTokens: countTokens(isTool ? toolText : ended.text) * ask.choices,
			reasoningTokens: Math.min(thoughtTokens, limit),
		},
		...(written.questionId === undefined ? {} : { questionId: written.questionId }),
		...(written.recordedModel === undefined ? {} : { recordedModel: written.recordedModel }),
	};
}

/** What the prompt costs before anything is written; also used to see whether it fits. */
export function promptTokens(ask: ChatAsk): number {
	const texts = ask.messages.reduce((sum, { text }) => sum + countTokens(text) + MESSAGE_TOKENS, 0);
	const schemas = [ask.jsonSchema, ...ask.tools.map(({ schema }) => schema)]
		.filter((schema) => schema !== undefined)
		.reduce<number>((sum, schema) => sum + countTokens(JSON.stringify(schema)), 0);
	return texts + schemas + ask.attachmentCount * ATTACHMENT_TOKENS;
}

interface Written {
	readonly text: string;
	readonly toolInput?: Json;
	readonly questionId?: string;
	readonly recordedModel?: string;
}

function write(request: AnswerRequest, prompt: string, findQuestion: FindQuestion): Written {
	const { ask, askedId, model } = request;
	const seed = `${model.id}\n${prompt}`;
	const found = findQuestion(prompt);
	const intent = intentOf(found?.around ?? normalise(prompt), prompt);
	const names = [askedId, model.id, ...model.standIns];
	const recorded =
		intent.kind === 'solve'
			? names
					.map((name) => found?.recording.answers.find((answer) => answer.model === name))
					.find((answer) => answer !== undefined)
			: undefined;
	const source = {
		...(found === undefined ? {} : { questionId: found.recording.id }),
		...(recorded === undefined ? {} : { recordedModel: recorded.model }),
	};
	const solution = recorded === undefined ? undefined : solutionOf(recorded);
	const schema = ask.forcedTool?.schema ?? ask.jsonSchema;
	if (ask.forcedTool !== undefined || schema !== undefined) {
		const document = inSchema(schema ?? { type: 'object' }, ask, seed, recorded, solution);
		return { text: JSON.stringify(document), toolInput: document, ...source };
	}
	if (intent.kind === 'state-result' && ask.format === 'text') {
		return { text: statement(intent, seed), ...source };
	}
	if (recorded !== undefined && solution !== undefined) {
		return { text: ask.format === 'json' ? asJson(recorded, solution) : recorded.text, ...source };
	}
	const parts = promptParts(ask);
	const text = ask.format === 'json' ? jsonReply(parts, seed) : replyToUnknown(parts, seed);
	return { text, ...source };
}

function inSchema(
	schema: Json,
	ask: ChatAsk,
	seed: string,
	recorded: RecordedAnswer | undefined,
	solution: Solution | undefined,
): Json {
	const own = recorded === undefined ? undefined : parseJson(jsonBlock(recorded.text));
	if (own !== undefined && isValid(schema, own)) return own;
	const { instruction, material } = promptParts(ask);
	const text = material === '' ? instruction : material;
	return schemaInstance(schema, { text, seed, ...(solution === undefined ? {} : { solution }) });
}

function asJson(recorded: RecordedAnswer, { final, reasoning }: Solution): string {
	const block = jsonBlock(recorded.text);
	return parseJson(block) === undefined ? JSON.stringify({ reasoning, answer: final }) : block;
}

function endText(
	text: string,
	stop: readonly string[],
	limit: number,
): Pick<Answer, 'text' | 'finish' | 'stopSequence'> {
	const hits = stop
		.filter((sequence) => sequence !== '' && text.includes(sequence))
		.toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
	const [first] = hits;
	const stopped = first === undefined ? text : text.slice(0, text.indexOf(first));
	if (countTokens(stopped) > limit) return { text: firstTokens(stopped, limit), finish: 'length' };
	return first === undefined
		? { text, finish: 'stop' }
		: { text: stopped, finish: 'stop-sequence', stopSequence: first };
}

function inputUsage(
	{ ask, model, keyFingerprint }: AnswerRequest,
	prompt: string,
	promptCache: PromptCache,
): Pick<UsageCounts, 'inputTokens' | 'cachedTokens' | 'cacheWriteTokens'> {
	const inputTokens = promptTokens(ask);
	const caches =
		model.promptCache === 'automatic' || (model.promptCache === 'marked' && ask.marksCache);
	if (!caches) return { inputTokens, cachedTokens: 0, cacheWriteTokens: 0 };
	const { readTokens, writtenTokens } = promptCache.touch(`${model.id} ${keyFingerprint}`, prompt);
	return {
		inputTokens,
		cachedTokens: Math.min(readTokens, inputTokens),
		cacheWriteTokens: model.promptCache === 'marked' ? writtenTokens : 0,
	};
}
