import type { AskMessage, AskTool, ChatAsk, ReasoningEffort } from '../../ask';
import { arrayAt, numberAt, objectAt, textAt, type Json, type JsonObject } from '../../json';

/** A generateContent request in neutral words; that it streams is told by the path. */
export function readGenerateContent(body: JsonObject, stream: boolean): ChatAsk {
	const contents = arrayAt(body, 'contents');
	const config = objectAt(body, 'generationConfig');
	const system = partsText(objectAt(body, 'systemInstruction'));
	const thinking = objectAt(config, 'thinkingConfig');
	const level = textAt(thinking, 'thinkingLevel')?.toLowerCase();
	const budget = numberAt(thinking, 'thinkingBudget');
	const limit = numberAt(config, 'maxOutputTokens');
	const schema =
		config?.responseJsonSchema ?? config?._responseJsonSchema ?? config?.responseSchema;
	const tools = arrayAt(body, 'tools').flatMap((tool) =>
		arrayAt(tool, 'functionDeclarations').map(readTool),
	);
	const forced = forcedTool(body, tools);
	return {
		messages: [
			...(system === '' ? [] : [{ role: 'system' as const, text: system }]),
			...contents.map(
				(content): AskMessage => ({
					role: textAt(content, 'role') === 'model' ? 'assistant' : 'user',
					text: partsText(content),
				}),
			),
		],
		attachmentCount: contents
			.flatMap((content) => arrayAt(content, 'parts'))
			.filter((part) => objectAt(part, 'inlineData') ?? objectAt(part, 'fileData')).length,
		...(limit === undefined ? {} : { maxOutputTokens: limit }),
		stop: arrayAt(config, 'stopSequences').map(String),
		format: textAt(config, 'responseMimeType') === 'application/json' ? 'json' : 'text',
		...(schema === undefined ? {} : { jsonSchema: schema }),
		tools,
		...(forced === undefined ? {} : { forcedTool: forced }),
		...(level === undefined ? {} : { effort: level as ReasoningEffort }),
		...(budget === undefined ? {} : { reasoningBudget: budget }),
		choices: numberAt(config, 'candidateCount') ?? 1,
		stream,
		streamUsage: true,
		marksCache: false,
	};
}

function readTool(declaration: Json): AskTool {
	const schema =
		objectAt(declaration, 'parametersJsonSchema') ?? objectAt(declaration, 'parameters');
	return { name: textAt(declaration, 'name') ?? '', ...(schema === undefined ? {} : { schema }) };
}

function forcedTool(body: JsonObject, tools: readonly AskTool[]): AskTool | undefined {
	const calling = objectAt(objectAt(body, 'toolConfig'), 'functionCallingConfig');
	if (textAt(calling, 'mode') !== 'ANY') return undefined;
	const allowed = arrayAt(calling, 'allowedFunctionNames').map(String);
	return tools.find(({ name }) => allowed.length === 0 || allowed.includes(name));
}

function partsText(content: Json | undefined): string {
	return arrayAt(content, 'parts')
		.map((part) => {
			const result = objectAt(objectAt(part, 'functionResponse'), 'response');
			return textAt(part, 'text') ?? (result === undefined ? '' : JSON.stringify(result));
		})
		.filter((text) => text !== '')
		.join('\n');
}
