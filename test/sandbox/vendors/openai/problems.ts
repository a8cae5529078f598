import type { ReplyContext } from '../../dialect';
import type { Json } from '../../json';
import { jsonReply, type Problem, type Reply, type Violation } from '../../problem';
import { waitHeaders } from '../../rateLimits';
import { jsonTypeOf } from '../../validation/violation';

interface Wording {
	readonly status: number;
	readonly message: string;
	readonly type: string;
	readonly param?: string;
	readonly code?: string;
}

/** OpenAI's error body: `{ error: { message, type, param, code } }`, all four always there. */
export function openaiProblem(problem: Problem, context: ReplyContext): Reply {
	const { status, message, type, param = null, code = null } = wordingOf(problem, context);
	const hint = problem.kind === 'rate-limit' ? problem.hint : undefined;
	return jsonReply(
		status,
		{ error: { message, type, param, code } },
		waitHeaders(hint, context.nowMs),
	);
}

function wordingOf(problem: Problem, { askedModel = 'the model' }: ReplyContext): Wording {
	const invalid = { status: 400, type: 'invalid_request_error' };
	switch (problem.kind) {
		case 'missing-key':
			return {
				...invalid,
				status: 401,
				message: "You didn't provide an API key. Send it as Authorization: Bearer YOUR_KEY.",
			};
		case 'wrong-key':
			return {
				...invalid,
				status: 401,
				message: 'Incorrect API key provided: sand***.',
				code: 'invalid_api_key',
			};
		case 'forbidden':
			return {
				...invalid,
				status: 403,
				message:
					'You have insufficient permissions for this operation. Missing scopes: model.request.',
				code: 'missing_scope',
			};
		case 'no-route':
			return {
				...invalid,
				status: 404,
				message: `Invalid URL (${problem.method} ${problem.path})`,
			};
		case 'invalid-json':
			return { ...invalid, message: 'We could not parse the JSON body of your request.' };
		case 'body-too-large':
			return { ...invalid, status: 413, message: 'Request body is too large.' };
		case 'violation':
			return { ...invalid, ...wordViolation(problem.violation) };
		case 'refused':
			return { ...invalid, ...problem };
		case 'model-not-found':
			return {
				...invalid,
				status: 404,
				message: `The model \`${problem.model}\` does not exist or you do not have access to it.`,
				code: 'model_not_found',
			};
		case 'context-length':
			return {
				...invalid,
				message:
					`This model's maximum context length is ${problem.contextTokens} tokens. However, your ` +
					`messages resulted in ${problem.inputTokens} tokens. Please reduce the length of the messages.`,
				param: 'messages',
				code: 'context_length_exceeded',
			};
		case 'content-filter':
			return {
				...invalid,
				message:
					'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
				code: 'invalid_prompt',
			};
		case 'rate-limit':
			return {
				status: 429,
				message: `Rate limit reached for ${askedModel} on requests per min (RPM): Limit 3, Used 3, Requested 1.`,
				type: 'requests',
				code: 'rate_limit_exceeded',
			};
		case 'quota':
			return {
				status: 429,
				message: 'You exceeded your current quota, please check your plan and billing details.',
				type: 'insufficient_quota',
				code: 'insufficient_quota',
			};
		case 'server':
			return {
				status: 500,
				message: 'The server had an error while processing your request. Sorry about that!',
				type: 'server_error',
			};
		case 'unavailable':
			return {
				status: 503,
				message: 'The server is currently overloaded with other requests. Please try again later.',
				type: 'service_unavailable_error',
			};
		case 'overloaded':
			return { status: 529, message: 'The engine is currently overloaded.', type: 'server_error' };
	}
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
	number: 'a decimal',
	integer: 'an integer',
	string: 'a string',
	object: 'an object',
	array: 'an array',
	boolean: 'a boolean',
	null: 'null',
};

function wordViolation(violation: Violation): Pick<Wording, 'message' | 'param' | 'code'> {
	const { kind, path, got, expected } = violation;
	const param = paramOf(path);
	const [limit] = expected;
	switch (kind) {
		case 'unknown-field':
			return { message: `Unknown parameter: '${param}'.`, param, code: 'unknown_parameter' };
		case 'missing-field':
			return {
				message: `Missing required parameter: '${param}'.`,
				param,
				code: 'missing_required_parameter',
			};
		case 'wrong-type': {
			const types = expected.filter((type) => type !== 'null').map((type) => word(String(type)));
			const wanted = types.length > 1 ? `one of ${types.join(' or ')}` : String(types[0]);
			const message = `Invalid type for '${param}': expected ${wanted}, but got ${word(jsonTypeOf(got))} instead.`;
			return { message, param, code: 'invalid_type' };
		}
		case 'below-minimum':
		case 'above-maximum': {
			const isBelow = kind === 'below-minimum';
			const name = Number.isInteger(got) ? 'integer' : 'decimal';
			const bound = isBelow ? 'below minimum' : 'above maximum';
			const sign = isBelow ? '>=' : '<=';
			return {
				message: `Invalid '${param}': ${name} ${bound} value. Expected a value ${sign} ${text(limit)}, but got ${text(got)} instead.`,
				param,
				code: `${name}_${isBelow ? 'below_min' : 'above_max'}_value`,
			};
		}
		case 'too-few':
			return {
				message: `Invalid '${param}': empty array. Expected an array with minimum length ${text(limit)}, but got an empty array instead.`,
				param,
				code: 'empty_array',
			};
		case 'too-many': {
			const what = typeof got === 'string' ? 'string' : 'array';
			return {
				message: `Invalid '${param}': ${what} too long. Expected ${what === 'array' ? 'an array' : 'a string'} with maximum length ${text(limit)}.`,
				param,
				code: `${what}_above_max_length`,
			};
		}
		case 'bad-value': {
			const values = expected.filter((value) => value !== null).map((value) => `'${text(value)}'`);
			return {
				message: `Invalid value: '${text(got)}'. Supported values are: ${values.join(', ')}.`,
				param,
				code: 'invalid_value',
			};
		}
	}
}

/** `messages[0].content`: the way OpenAI writes a path. */
function paramOf(path: Violation['path']): string {
	return path
		.map((step, index) =>
			typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
		)
		.join('');
}

function word(type: string): string {
	return TYPE_WORDS[type] ?? type;
}

function text(value: Json | undefined): string {
	return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
