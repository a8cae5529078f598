import type { AskMessage, AskTool, ChatAsk, ReasoningEffort } from '../../ask';
import { arrayAt, numberAt, objectAt, textAt, type Json, type JsonObject } from '../../json';
import { contentText, forcedTool } from './chatReading';

/** A Responses request in neutral words. */
export function readResponses(body: JsonObject): ChatAsk {
	const input = arrayAt(body, 'input');
	const instructions = textAt(body, 'instructions');
	const format = objectAt(objectAt(body, 'text'), 'format');
	const tools = arrayAt(body, 'tools').map((tool): AskTool => {
		const schema = objectAt(tool, 'parameters');
		return { name: textAt(tool, 'name') ?? '', ...(schema === undefined ? {} : { schema }) };
	});
	const limit = numberAt(body, 'max_output_tokens');
	const forced = forcedTool(body.tool_choice, tools);
	const effort = textAt(objectAt(body, 'reasoning'), 'effort') as ReasoningEffort | undefined;
	return {
		messages: [
			...(instructions === undefined ? [] : [{ role: 'system' as const, text: instructions }]),
			...(typeof body.input === 'string' ? [{ role: 'user' as const, text: body.input }] : []),
			...input.map(readItem),
		],
		attachmentCount: input.flatMap((item) => attachments(item)).length,
		...(limit === undefined ? {} : { maxOutputTokens: limit }),
		stop: [],
		format: format === undefined || format.type === 'text' ? 'text' : 'json',
		...(format?.schema === undefined ? {} : { jsonSchema: format.schema }),
		tools,
		...(forced === undefined ? {} : { forcedTool: forced }),
		...(effort === undefined ? {} : { effort }),
		choices: 1,
		stream: body.stream === true,
		streamUsage: true,
		marksCache: false,
	};
}

function readItem(item: Json): AskMessage {
	switch (textAt(item, 'type')) {
		case 'function_call':
			return { role: 'assistant', text: textAt(item, 'arguments') ?? '' };
		case 'function_call_output':
			return { role: 'tool', text: textAt(item, 'output') ?? '' };
	}
	const role = textAt(item, 'role') ?? 'assistant';
	return {
		role: role === 'developer' ? 'system' : (role as AskMessage['role']),
		text: textAt(item, 'content') ?? contentText(arrayAt(item, 'content')),
	};
}

function attachments(item: Json): readonly Json[] {
	return arrayAt(item, 'content').filter((part) =>
		/^input_(?:image|file)$/.test(textAt(part, 'type') ?? ''),
	);
}
