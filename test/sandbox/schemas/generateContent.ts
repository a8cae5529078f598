import type { Schema } from '@cfworker/json-schema';
import { anyObject, anything, closed, flag, integer, list, number, oneOf, text } from './build';

/**
 * Requests to Gemini's generateContent, without the server-side tools' own settings.
 * Source: types of the npm package @google/genai 3.1.0 and the v1beta protos of
 * @google-ai/generativelanguage 4.1.0 (Apache-2.0).
 */
const count: Schema = { type: ['integer', 'string'], pattern: '^\\d+$' };
const inner: Schema = { $ref: '#/$defs/Schema' };

/** The OpenAPI subset that `responseSchema` and `parameters` speak. */
const schemaSchema = closed({
	anyOf: list(inner),
	default: anything,
	description: text,
	enum: list(text),
	example: anything,
	format: text,
	items: inner,
	maxItems: count,
	maxLength: count,
	maxProperties: count,
	maximum: number(),
	minItems: count,
	minLength: count,
	minProperties: count,
	minimum: number(),
	nullable: flag,
	pattern: text,
	properties: { type: 'object', additionalProperties: inner },
	propertyOrdering: list(text),
	required: list(text),
	title: text,
	type: {
		type: 'string',
		// Upper case in the API's own enum; the parser takes lower case as well.
		pattern:
			'^(?:STRING|NUMBER|INTEGER|BOOLEAN|ARRAY|OBJECT|NULL|string|number|integer|boolean|array|object|null)$',
	},
});

const part = closed({
	text,
	thought: flag,
	thoughtSignature: text,
	inlineData: closed({ data: text, displayName: text, mimeType: text }),
	fileData: closed({ displayName: text, fileUri: text, mimeType: text }),
	functionCall: closed({ args: anyObject, id: text, name: text }),
	functionResponse: closed({ id: text, name: text, response: anyObject, parts: list(anyObject) }),
	executableCode: anyObject,
	codeExecutionResult: anyObject,
	videoMetadata: anyObject,
	mediaResolution: anyObject,
	partMetadata: anyObject,
});

const content = closed({ parts: list(part), role: text });

const generationConfig = closed({
	candidateCount: integer(),
	enableEnhancedCivicAnswers: flag,
	frequencyPenalty: number(),
	logprobs: integer(),
	maxOutputTokens: integer(),
	mediaResolution: text,
	presencePenalty: number(),
	responseFormat: { type: ['object', 'array'] },
	responseJsonSchema: anything,
	_responseJsonSchema: anything,
	responseLogprobs: flag,
	responseMimeType: text,
	responseModalities: list(oneOf('MODALITY_UNSPECIFIED', 'TEXT', 'IMAGE', 'AUDIO', 'VIDEO')),
	responseSchema: inner,
	seed: integer(),
	speechConfig: anyObject,
	imageConfig: anyObject,
	stopSequences: list(text),
	temperature: number(),
	thinkingConfig: closed({
		includeThoughts: flag,
		thinkingBudget: integer(),
		thinkingLevel: {
			type: 'string',
			pattern: '^(?:THINKING_LEVEL_UNSPECIFIED|MINIMAL|LOW|MEDIUM|HIGH|minimal|low|medium|high)$',
		},
	}),
	topK: number(),
	topP: number(),
});

export const generateContentSchema: Schema = {
	...closed({
		model: text,
		contents: list(content),
		systemInstruction: content,
		tools: list(
			closed({
				functionDeclarations: list(
					closed({
						behavior: text,
						description: text,
						name: text,
						parameters: inner,
						parametersJsonSchema: anything,
						response: inner,
						responseJsonSchema: anything,
					}),
				),
				codeExecution: anyObject,
				googleSearch: anyObject,
				urlContext: anyObject,
			}),
		),
		toolConfig: closed({
			functionCallingConfig: closed({
				allowedFunctionNames: list(text),
				mode: oneOf('MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED'),
			}),
			includeServerSideToolInvocations: flag,
			retrievalConfig: anyObject,
		}),
		safetySettings: list(closed({ category: text, threshold: text })),
		generationConfig,
		cachedContent: text,
		serviceTier: oneOf('unspecified', 'flex', 'standard', 'priority'),
		store: flag,
		labels: { type: 'object', additionalProperties: text },
	}),
	$defs: { Schema: schemaSchema },
};
