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

/** A Chat Completions request in neutral words. */
export function readChat(body: JsonObject): ChatAsk {
	const messages = arrayAt(body, 'messages');
	const format = objectAt(body, 'response_format');
	const tools = arrayAt(body, 'tools').map((tool): AskTool => {
		const definition = objectAt(tool, 'function');
		const schema = definition?.parameters;
		return { name: textAt(definition, 'name') ?? '', ...(schema === undefined ? {} : { schema }) };
	});
	const limit = numberAt(body, 'max_completion_tokens') ?? numberAt(body, 'max_tokens');
	const forced = forcedTool(body.tool_choice, tools);
	const schema = objectAt(format, 'json_schema')?.schema;
	const effort = textAt(body, 'reasoning_effort') as ReasoningEffort | undefined;
	return {
		messages: messages.map(readMessage),
		attachmentCount: messages.flatMap((message) => attachments(message)).length,
		...(limit === undefined ? {} : { maxOutputTokens: limit }),
		stop: typeof body.stop === 'string' ? [body.stop] : arrayAt(body, 'stop').map(String),
		format: format === undefined || format.type === 'text' ? 'text' : 'json',
		...(schema === undefined ? {} : { jsonSchema: schema }),
		tools,
		...(forced === undefined ? {} : { forcedTool: forced }),
		...(effort === undefined ? {} : { effort }),
		choices: numberAt(body, 'n') ?? 1,
		stream: body.stream === true,
		streamUsage: objectAt(body, 'stream_options')?.include_usage === true,
		marksCache: false,
	};
}

function readMessage(message: Json): AskMessage {
	const role = textAt(message, 'role');
	return {
		role: role === 'developer' ? 'system' : (role as AskMessage['role']),
		text: contentText(isObject(message) ? message.content : undefined),
	};
}

/** The text of a string or of parts of any dialect. */
export function contentText(content: Json | undefined): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return (content as readonly Json[])
		.map((part) => textAt(part, 'text') ?? '')
		.filter((text) => text !== '')
		.join('\n');
}

function attachments(message: Json): readonly Json[] {
	return arrayAt(message, 'content').filter((part) =>
		/^(?:image_url|input_audio|file)$/.test(textAt(part, 'type') ?? ''),
	);
}

/** `required` leaves the choice to the model, which takes the first. */
export function forcedTool(
	choice: Json | undefined,
	tools: readonly AskTool[],
): AskTool | undefined {
	if (choice === 'required') return tools[0];
	const name = textAt(objectAt(choice, 'function'), 'name') ?? textAt(choice, 'name');
	return name === undefined ? undefined : tools.find((tool) => tool.name === name);
}
