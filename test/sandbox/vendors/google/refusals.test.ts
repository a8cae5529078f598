import { openObject, refusalTests } from '../../support/refusals';

const { refuses, accepts } = refusalTests('Gemini');
const contents = (parts: unknown) => ({ contents: [{ role: 'user', parts }] });
refuses([
	[
		'an unknown field',
		undefined,
		{ prompt: 'x' },
		'Invalid JSON payload received. Unknown name "prompt": Cannot find field.',
	],
	[
		'a nested unknown field',
		undefined,
		{ generationConfig: { maxTokens: 5 } },
		'Invalid JSON payload received. Unknown name "maxTokens" at \'generation_config\': Cannot find field.',
	],
	[
		'no contents',
		undefined,
		{ contents: undefined },
		'* GenerateContentRequest.contents: contents is not specified',
	],
	['an empty list of parts', undefined, contents([]), /parts must not be empty/],
	[
		'a wrong type',
		undefined,
		{ generationConfig: { temperature: 'hot' } },
		'Invalid value at \'generation_config.temperature\' (TYPE_FLOAT), "hot"',
	],
	[
		'a temperature above 2',
		undefined,
		{ generationConfig: { temperature: 2.1 } },
		/range \[0\.0, 2\.0\]/,
	],
	['a topP above 1', undefined, { generationConfig: { topP: 1.5 } }, /range \[0\.0, 1\.0\]/],
	[
		'a limit above the model',
		undefined,
		{ generationConfig: { maxOutputTokens: 9000 } },
		/supported range is from 1/,
	],
	[
		'thinking on a model without it',
		undefined,
		{ generationConfig: { thinkingConfig: { thinkingBudget: 100 } } },
		'Thinking is not enabled for this model.',
	],
	[
		'JSON Schema words in its own schema',
		undefined,
		{ generationConfig: { responseSchema: { type: 'OBJECT', additionalProperties: false } } },
		/Unknown name "additionalProperties" at 'generation_config.response_schema'/,
	],
]);
accepts([
	[
		'settings and safety',
		undefined,
		{
			generationConfig: { temperature: 2, topK: 40, seed: 3, stopSequences: ['x'] },
			safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
		},
	],
	[
		'a JSON Schema',
		undefined,
		{ generationConfig: { responseMimeType: 'application/json', responseJsonSchema: openObject } },
	],
	[
		'a thinking budget where it thinks',
		'gemini-2.5-flash',
		{ generationConfig: { thinkingConfig: { thinkingBudget: 0 } } },
	],
]);
