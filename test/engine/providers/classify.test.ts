import type { FailureKind } from '../../../engine/index';
import { classifyReply } from '../../../engine/providers/classify';

type Case = [what: string, status: number, body: unknown, kind: FailureKind];

/** Error bodies in the vendors' own shapes: OpenAI, Anthropic, Gemini, and servers like them. */
const CASES: Case[] = [
	[
		'OpenAI, wrong key',
		401,
		{
			error: {
				message: 'Incorrect API key provided.',
				type: 'invalid_request_error',
				param: null,
				code: 'invalid_api_key',
			},
		},
		'authentication',
	],
	[
		'OpenAI, limit per minute',
		429,
		{
			error: {
				message: 'Rate limit reached for gpt-4o',
				type: 'requests',
				param: null,
				code: 'rate_limit_exceeded',
			},
		},
		'rate-limit',
	],
	[
		'OpenAI, credit used up',
		429,
		{
			error: {
				message: 'You exceeded your current quota, please check your plan and billing details.',
				type: 'insufficient_quota',
				param: null,
				code: 'insufficient_quota',
			},
		},
		'quota',
	],
	[
		'OpenAI, prompt too long',
		400,
		{
			error: {
				message: "This model's maximum context length is 8192 tokens.",
				type: 'invalid_request_error',
				param: 'messages',
				code: 'context_length_exceeded',
			},
		},
		'context-length',
	],
	[
		'OpenAI, content policy',
		400,
		{
			error: {
				message: 'Your request was rejected.',
				type: 'invalid_request_error',
				param: null,
				code: 'content_policy_violation',
			},
		},
		'content-filter',
	],
	[
		'OpenAI, unknown model',
		404,
		{
			error: {
				message: 'The model `gpt-9` does not exist',
				type: 'invalid_request_error',
				param: null,
				code: 'model_not_found',
			},
		},
		'model-not-found',
	],
	[
		'OpenAI, unknown field',
		400,
		{
			error: {
				message: 'Unrecognized request argument supplied: foo',
				type: 'invalid_request_error',
				param: null,
				code: null,
			},
		},
		'invalid-request',
	],
	[
		'OpenAI, no access',
		403,
		{
			error: {
				message: 'Project does not have access to model',
				type: 'invalid_request_error',
				param: null,
				code: null,
			},
		},
		'permission',
	],
	[
		'OpenAI, failure',
		500,
		{
			error: { message: 'The server had an error', type: 'server_error', param: null, code: null },
		},
		'server',
	],
	[
		'Anthropic, wrong key',
		401,
		{ type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } },
		'authentication',
	],
	[
		'Anthropic, no permission',
		403,
		{ type: 'error', error: { type: 'permission_error', message: 'no access' } },
		'permission',
	],
	[
		'Anthropic, unknown model',
		404,
		{ type: 'error', error: { type: 'not_found_error', message: 'model: claude-9' } },
		'model-not-found',
	],
	[
		'Anthropic, limit',
		429,
		{
			type: 'error',
			error: {
				type: 'rate_limit_error',
				message: 'Number of request tokens has exceeded your per-minute rate limit',
			},
		},
		'rate-limit',
	],
	[
		'Anthropic, overloaded',
		529,
		{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
		'overloaded',
	],
	[
		'Anthropic, credit used up',
		400,
		{
			type: 'error',
			error: {
				type: 'invalid_request_error',
				message: 'Your credit balance is too low to access the Anthropic API.',
			},
		},
		'quota',
	],
	[
		'Anthropic, prompt too long',
		400,
		{
			type: 'error',
			error: {
				type: 'invalid_request_error',
				message: 'prompt is too long: 215000 tokens > 200000 maximum',
			},
		},
		'context-length',
	],
	[
		'Anthropic, body too large',
		413,
		{
			type: 'error',
			error: { type: 'request_too_large', message: 'Request exceeds the maximum size' },
		},
		'context-length',
	],
	[
		'Anthropic, failure',
		500,
		{ type: 'error', error: { type: 'api_error', message: 'Internal server error' } },
		'server',
	],
	[
		'Gemini, wrong key',
		400,
		{
			error: {
				code: 400,
				message: 'API key not valid.',
				status: 'INVALID_ARGUMENT',
				details: [
					{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
				],
			},
		},
		'authentication',
	],
	[
		'Gemini, no permission',
		403,
		{ error: { code: 403, message: 'Permission denied', status: 'PERMISSION_DENIED' } },
		'permission',
	],
	[
		'Gemini, unknown model',
		404,
		{ error: { code: 404, message: 'models/gemini-9 is not found', status: 'NOT_FOUND' } },
		'model-not-found',
	],
	[
		'Gemini, limit per minute',
		429,
		{
			error: {
				code: 429,
				message: 'You exceeded your current quota, please check your plan and billing details.',
				status: 'RESOURCE_EXHAUSTED',
				details: [{ violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }] }],
			},
		},
		'rate-limit',
	],
	[
		'Gemini, limit per day',
		429,
		{
			error: {
				code: 429,
				message: 'You exceeded your current quota.',
				status: 'RESOURCE_EXHAUSTED',
				details: [
					{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
				],
			},
		},
		'quota',
	],
	[
		'Gemini, overloaded',
		503,
		{ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
		'overloaded',
	],
	[
		'Gemini, prompt too long',
		400,
		{
			error: {
				code: 400,
				message:
					'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
				status: 'INVALID_ARGUMENT',
			},
		},
		'context-length',
	],
	[
		'Gemini, wrong field',
		400,
		{
			error: {
				code: 400,
				message: 'Invalid JSON payload received. Unknown name "foo"',
				status: 'INVALID_ARGUMENT',
			},
		},
		'invalid-request',
	],
	[
		'Gemini, its own deadline',
		504,
		{ error: { code: 504, message: 'Deadline expired', status: 'DEADLINE_EXCEEDED' } },
		'timeout',
	],
	[
		'vLLM, prompt too long',
		400,
		{
			object: 'error',
			message: 'x',
			error: {
				message: "This model's maximum context length is 4096 tokens",
				type: 'BadRequestError',
				code: 400,
			},
		},
		'context-length',
	],
	[
		'Ollama, unknown model',
		404,
		{
			error: {
				message: 'model "llama9" not found, try pulling it first',
				type: 'api_error',
				param: null,
				code: null,
			},
		},
		'model-not-found',
	],
	[
		'DeepSeek, no money',
		402,
		{
			error: {
				message: 'Insufficient Balance',
				type: 'unknown_error',
				param: null,
				code: 'invalid_request_error',
			},
		},
		'quota',
	],
	[
		'an error inside a 200',
		200,
		{ error: { message: 'Provider returned error', code: 502 } },
		'server',
	],
	['a limit inside a 200', 200, { error: { message: 'Rate limited', code: 429 } }, 'rate-limit'],
	['an HTML page with 502', 502, '<html><h1>Bad Gateway</h1></html>', 'server'],
	['an HTML page with 200', 200, '<html>Welcome</html>', 'malformed-response'],
	['an empty 200', 200, '', 'malformed-response'],
	['JSON of another kind', 200, { hello: 'world' }, 'malformed-response'],
	['a redirect', 302, '', 'network'],
	['an unknown 4xx', 418, '', 'invalid-request'],
	['a status only', 429, '', 'rate-limit'],
];

test.each(CASES)('%s is told apart', (_what, status, body, kind) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const failure = classifyReply({ status, headers: {}, text }, () => undefined);
	expect(failure.kind).toBe(kind);
	expect(failure.status).toBe(status);
	expect(failure.message).not.toBe('');
});

test('keeps the wait and the request id, and drops the wait where no wait helps', () => {
	const body = { error: { message: 'slow down', type: 'rate_limit_error' } };
	const reply = {
		status: 429,
		headers: { 'retry-after': '3', 'x-request-id': 'req_1' },
		text: JSON.stringify(body),
	};
	expect(classifyReply(reply, () => 3_000)).toMatchObject({
		retryAfterMs: 3_000,
		requestId: 'req_1',
	});
	const quota = JSON.stringify({ error: { message: 'x', code: 'insufficient_quota' } });
	expect(classifyReply({ ...reply, text: quota }, () => 3_000).retryAfterMs).toBeUndefined();
});

test('puts a long message on one line of bounded length', () => {
	const text = JSON.stringify({ error: { message: 'very\nlong '.repeat(1_000) } });
	const { message } = classifyReply({ status: 400, headers: {}, text }, () => undefined);
	expect(message).not.toContain('\n');
	expect(message.length).toBeLessThanOrEqual(500);
});
