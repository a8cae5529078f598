import { callOf, chat } from '../../support/clients';
import { openObject, refusalTests, strictObject, userMessage } from '../../support/refusals';

const { refuses, accepts, sandbox } = refusalTests('Anthropic');
refuses([
	['a call without max_tokens', undefined, { max_tokens: undefined }, 'max_tokens: Field required'],
	['an unknown field', undefined, { seed: 1 }, 'seed: Extra inputs are not permitted'],
	[
		'a nested unknown field',
		undefined,
		userMessage([{ type: 'text', text: 'Hi', colour: 'red' }]),
		'messages.0.content.0.colour: Extra inputs are not permitted',
	],
	[
		'a temperature above 1',
		undefined,
		{ temperature: 1.5 },
		'temperature: Input should be less than or equal to 1',
	],
	[
		'a wrong type',
		undefined,
		{ max_tokens: 'many' },
		'max_tokens: Input should be a valid integer',
	],
	['no messages', undefined, { messages: [] }, 'messages: at least one message is required'],
	[
		'an empty message',
		undefined,
		userMessage(''),
		/^messages\.0: all messages must have non-empty content/,
	],
	[
		'an empty text block',
		undefined,
		userMessage([{ type: 'text', text: '' }]),
		'messages: text content blocks must be non-empty',
	],
	[
		'a limit above the model',
		undefined,
		{ max_tokens: 9000 },
		/^max_tokens: 9000 > 8192, which is the maximum/,
	],
	[
		'a temperature on the newest models',
		'claude-sonnet-5-5',
		{ temperature: 0.5 },
		'`temperature` is deprecated for this model.',
	],
	[
		'temperature with top_p on Claude 4.5',
		'claude-haiku-4-5',
		{ temperature: 0.5, top_p: 0.9 },
		/cannot both be specified/,
	],
	[
		'thinking on a model without it',
		undefined,
		{ thinking: { type: 'enabled', budget_tokens: 1024 } },
		/not supported for this model/,
	],
	[
		'a thinking budget above the limit',
		'claude-haiku-4-5',
		{ max_tokens: 1024, thinking: { type: 'enabled', budget_tokens: 2048 } },
		/must be greater than `thinking\.budget_tokens`/,
	],
	[
		'a schema on a model without native schemas',
		undefined,
		{ output_config: { format: { type: 'json_schema', schema: strictObject } } },
		/not supported by this model/,
	],
	[
		'an open schema',
		'claude-haiku-4-5',
		{ output_config: { format: { type: 'json_schema', schema: openObject } } },
		/'additionalProperties' must be explicitly set to false/,
	],
]);
accepts([
	[
		'system, settings and stop sequences',
		undefined,
		{
			system: 'Be brief.',
			temperature: 0.3,
			top_k: 5,
			stop_sequences: ['x'],
			metadata: { user_id: 'u' },
		},
	],
	[
		'thinking on Claude 4.5',
		'claude-haiku-4-5',
		{ thinking: { type: 'enabled', budget_tokens: 1024 } },
	],
	[
		'a closed schema',
		'claude-haiku-4-5',
		{ output_config: { format: { type: 'json_schema', schema: strictObject } } },
	],
]);

test('Anthropic takes no sampling settings from the version 2026-10-21 on', async () => {
	const call = callOf('Anthropic');
	const headers = { ...call.headers, 'anthropic-version': '2026-10-21' };
	const options = { headers, model: 'claude-haiku-4-5' };
	const plain = await chat(sandbox().url, call, 'Hello', options);
	expect(plain.status).toBe(200);
	const warm = await chat(sandbox().url, call, 'Hello', { ...options, more: { temperature: 0.5 } });
	expect([warm.status, warm.text]).toEqual([400, expect.stringContaining('Extra inputs')]);
});
