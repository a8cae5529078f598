import type { AskMessage, AskTool, ChatAsk, ReasoningEffort } from '../../ask';
import {
	arrayAt,
	isObject,
	numberAt,
	objectAt,
	textAt,
	type Json,
	type JsonObject,
} from '../../json';
import { contentText } from '../openai/chatReading';

/** A Messages request in neutral words. */
export function readMessages(body: JsonObject): ChatAsk {
	const messages = arrayAt(body, 'messages');
	const system = contentText(body.system);
	const tools = arrayAt(body, 'tools').map((tool): AskTool => {
		const schema = objectAt(tool, 'input_schema');
		return { name: textAt(tool, 'name') ?? '', ...(schema === undefined ? {} : { schema }) };
	});
	const forced = forcedTool(objectAt(body, 'tool_choice'), tools);
	const config = objectAt(body, 'output_config');
	const schema = objectAt(config, 'format')?.schema;
	const effort = textAt(config, 'effort') as ReasoningEffort | undefined;
	const thinking = objectAt(body, 'thinking');
	const budget = thinkingBudget(thinking);
	const limit = numberAt(body, 'max_tokens');
	return {
		messages: [
			...(system === '' ? [] : [{ role: 'system' as const, text: system }]),
			...messages.map(readMessage),
		],
		attachmentCount: messages.flatMap((message) => attachments(message)).length,
		...(limit === undefined ? {} : { maxOutputTokens: limit }),
		stop: arrayAt(body, 'stop_sequences').map(String),
		format: schema === undefined ? 'text' : 'json',
		...(schema === undefined ? {} : { jsonSchema: schema }),
		tools,
		...(forced === undefined ? {} : { forcedTool: forced }),
		// Effort alone steers the answer; it is thinking that makes the model think.
		...(effort === undefined || thinking === undefined ? {} : { effort }),
		...(budget === undefined ? {} : { reasoningBudget: budget }),
		choices: 1,
		stream: body.stream === true,
		streamUsage: true,
		marksCache: marksCache(body),
	};
}

function readMessage(message: Json): AskMessage {
	const content = isObject(message) ? message.content : undefined;
	const results = arrayAt(message, 'content')
		.filter((block) => textAt(block, 'type') === 'tool_result')
		.map((block) => contentText(isObject(block) ? block.content : undefined));
	return {
		role: (textAt(message, 'role') ?? 'user') as AskMessage['role'],
		text: [contentText(content), ...results].filter((text) => text !== '').join('\n'),
	};
}

function attachments(message: Json): readonly Json[] {
	return arrayAt(message, 'content').filter((block) =>
		/^(?:image|document)$/.test(textAt(block, 'type') ?? ''),
	);
}

function forcedTool(
	choice: JsonObject | undefined,
	tools: readonly AskTool[],
): AskTool | undefined {
	if (choice?.type === 'any') return tools[0];
	return choice?.type === 'tool' ? tools.find(({ name }) => name === choice.name) : undefined;
}

/** -1 leaves the amount to the model; absent where the request does not speak of thinking. */
function thinkingBudget(thinking: JsonObject | undefined): number | undefined {
	switch (textAt(thinking, 'type')) {
		case 'enabled':
			return numberAt(thinking, 'budget_tokens') ?? -1;
		case 'adaptive':
			return -1;
		case 'disabled':
		case 'between_tools':
			return 0;
		default:
			return undefined;
	}
}

function marksCache(body: JsonObject): boolean {
	const places = [
		body,
		...arrayAt(body, 'system'),
		...arrayAt(body, 'tools'),
		...arrayAt(body, 'messages').flatMap((message) => arrayAt(message, 'content')),
	];
	return places.some((place) => objectAt(place, 'cache_control') !== undefined);
}
