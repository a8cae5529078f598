import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import { HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

const CASES: Array<[string, INodeParameters, string]> = [
	['no models', { candidates: {} }, 'Models is empty, got no model to ask'],
	[
		'a malformed model ID',
		{ candidates: models('gpt-4o') },
		'Model 1 must be provider/model, got "gpt-4o"',
	],
	[
		'a vendor that is not ticked',
		{ candidates: models(MINI, HAIKU), providers: ['openai'] },
		`Model 2 is ${HAIKU}, but Anthropic is not ticked under Providers`,
	],
	['an empty prompt', { prompt: '={{ " " }}' }, 'Prompt is empty, got " "'],
	['a prompt whose expression gives nothing', { prompt: '={{ $json.none }}' }, 'Prompt is empty'],
	['a prompt that is no number', { prompt: '={{ NaN }}' }, 'Prompt must be text, got NaN'],
	['a prompt of an empty list', { prompt: '={{ [] }}' }, 'Prompt is empty, got []'],
	[
		'a prompt that holds itself',
		{ prompt: '={{ (() => { const ring = {}; ring.self = ring; return ring; })() }}' },
		'Prompt must be a value that JSON can hold, got an object that holds itself',
	],
	[
		'messages that are no array',
		{ inputType: 'messages', messages: '{"role":"user"}' },
		'Messages: must be a JSON array, got',
	],
	[
		'messages with an unknown role',
		{ inputType: 'messages', messages: '[{"role":"robot","content":"x"}]' },
		'Messages: entry 1: role must be one of system, user, assistant, got "robot"',
	],
	[
		'concurrency 0',
		{ limits: { concurrency: 0 } },
		'Limits: Concurrency (Items) must be at least 1, got 0',
	],
	[
		'a deadline of 0',
		{ reliability: { deadlineSeconds: 0 } },
		'Reliability: Deadline (Seconds) must be more than 0, got 0',
	],
	[
		'a negative deadline',
		{ reliability: { deadlineSeconds: -1 } },
		'Reliability: Deadline (Seconds) must be more than 0, got -1',
	],
	[
		'a temperature out of range',
		{ candidates: models({ id: MINI, temperature: 9 }) },
		'Model 1 > Settings: Temperature must be at most 2, got 9',
	],
	[
		'an attachment that is not there',
		{ attachments: 'data' },
		'Attachments: the item has no binary property "data"; it has none',
	],
	[
		'an input length of 0',
		{ preprocessing: { maxInputTokens: 0 } },
		'Preprocessing: Max Input Tokens must be at least 1, got 0',
	],
	[
		'an overflow strategy that does not exist',
		{ preprocessing: { overflow: 'middle' } },
		'Preprocessing: Overflow must be one of error, keepStart, keepEnd, keepBoth, got "middle"',
	],
	[
		'an input above its length',
		{ preprocessing: { maxInputTokens: 100 }, prompt: 'word '.repeat(500) },
		'tokens, Max Input Tokens allows 100',
	],
	[
		'a section that is no text',
		{ preprocessing: { sections: { parts: { context: '={{ NaN }}' } } } },
		'Preprocessing > Sections: Context must be text, got NaN',
	],
	[
		'an example without an output',
		{ preprocessing: { sections: { parts: { examples: { values: [{ input: 'a' }] } } } } },
		'Preprocessing > Sections: Example 1: Output is empty, got ""',
	],
	[
		'two tasks',
		{ preprocessing: { sections: { parts: { task: 'Count' } } } },
		'Prompt and Preprocessing > Sections: Task both say what to do, got the task "Count"',
	],
	[
		'a task beside messages',
		{
			inputType: 'messages',
			messages: '[{"role":"user","content":"x"}]',
			preprocessing: { sections: { parts: { task: 'Count' } } },
		},
		'Messages and Preprocessing > Sections: Task both say what to do',
	],
	[
		'a long document without a text',
		{ longDocument: 'mapReduce', documentText: '={{ $json.none }}' },
		'Document Text is empty, got nothing',
	],
	[
		'a long document of another kind',
		{ longDocument: 'refine', documentText: 'x' },
		'Long Document must be one of off, mapReduce, got "refine"',
	],
	[
		'parts that are too small',
		{ longDocument: 'mapReduce', documentText: 'x', mapReduce: { chunkTokens: 10 } },
		'Long Document Options: Chunk Size (Tokens) must be at least 100, got 10',
	],
	[
		'an overlap of more than half a part',
		{
			longDocument: 'mapReduce',
			documentText: 'x',
			mapReduce: { chunkTokens: 1000, overlapTokens: 600 },
		},
		'Long Document Options: Overlap (Tokens) must be at most half of Chunk Size, which is 1000, got 600',
	],
	[
		'a schema that is none',
		{ outputFormat: 'json', jsonSchema: '[]' },
		'JSON Schema cannot be used: it is a list of 0 items, where an object is needed, got "[]"',
	],
];

test.each(CASES)('refuses %s before any call', async (_, parameters, message) => {
	const run = await host.run(ROUTER, parameters, [{ prompt: 'hello' }]);
	expect(run.error?.message).toContain(message);
	expect((run.error as NodeApiError).description).toBeTruthy();
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('refuses to run when no listed model has a credential', async () => {
	const run = await host.run(ROUTER, {}, [{ prompt: 'hello' }], { credentials: {} });
	expect(run.error?.message).toBe(
		`No model can be asked. ${MINI}: no OpenAI credential is selected; ${HAIKU}: no Anthropic credential is selected`,
	);
	expect(host.sandbox.calls()).toHaveLength(0);
});

test('an empty prompt without a task is refused by the node itself', async () => {
	const run = await host.run(ROUTER, { prompt: '' }, [{}]);
	expect(run.error?.message).toContain('Prompt is empty, got ""');
	expect((run.error as NodeApiError).description).toContain('Preprocessing > Sections');
	expect(host.sandbox.calls()).toHaveLength(0);
});
