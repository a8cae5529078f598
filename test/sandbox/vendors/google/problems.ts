import type { ReplyContext } from '../../dialect';
import type { Json } from '../../json';
import { jsonReply, type Problem, type Reply, type Violation } from '../../problem';
import { waitHeaders } from '../../rateLimits';

interface Wording {
	readonly code: number;
	readonly status: string;
	readonly message: string;
	readonly details?: readonly Json[];
}

const TYPE = 'type.googleapis.com/google.rpc.';

/** Gemini's error body: `{ error: { code, message, status, details? } }`. */
export function googleProblem(problem: Problem, context: ReplyContext): Reply {
	if (problem.kind === 'content-filter') return blockedPrompt(context);
	const { code, message, status, details } = wordingOf(problem, context);
	const error = { code, message, status, ...(details === undefined ? {} : { details }) };
	const hint = problem.kind === 'rate-limit' ? problem.hint : undefined;
	// The wait stands in the body; headers carry it only where a test asks for them.
	const headers = hint?.form === 'retryinfo' ? {} : waitHeaders(hint, context.nowMs);
	return jsonReply(code, { error }, headers);
}

/** A prompt that the filter stops before any model reads it gets a 200 without candidates. */
function blockedPrompt({ askedModel }: ReplyContext): Reply {
	return jsonReply(200, {
		promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
		usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
		...(askedModel === undefined ? {} : { modelVersion: askedModel }),
	});
}

function wordingOf(
	problem: Exclude<Problem, { kind: 'content-filter' }>,
	{ askedModel = 'the model' }: ReplyContext,
): Wording {
	const invalid = { code: 400, status: 'INVALID_ARGUMENT' };
	switch (problem.kind) {
		case 'missing-key':
			return {
				code: 403,
				status: 'PERMISSION_DENIED',
				message:
					"Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity to call this API.",
			};
		case 'wrong-key':
			return {
				...invalid,
				message: 'API key not valid. Please pass a valid API key.',
				details: [
					{
						'@type': `${TYPE}ErrorInfo`,
						reason: 'API_KEY_INVALID',
						domain: 'googleapis.com',
						metadata: { service: 'generativelanguage.googleapis.com' },
					},
				],
			};
		case 'forbidden':
			return {
				code: 403,
				status: 'PERMISSION_DENIED',
				message:
					'Generative Language API has not been used in this project before or it is disabled.',
				details: [
					{ '@type': `${TYPE}ErrorInfo`, reason: 'SERVICE_DISABLED', domain: 'googleapis.com' },
				],
			};
		case 'no-route':
			return {
				code: 404,
				status: 'NOT_FOUND',
				message: `The requested URL ${problem.path} was not found.`,
			};
		case 'invalid-json':
			return { ...invalid, message: 'Invalid JSON payload received. Unexpected token.' };
		case 'body-too-large':
			return {
				...invalid,
				message: 'Request payload size exceeds the limit: 20971520 bytes.',
			};
		case 'violation': {
			const { message, field } = wordViolation(problem.violation);
			const violation: Json = { ...(field === '' ? {} : { field }), description: message };
			return {
				...invalid,
				message,
				details: [{ '@type': `${TYPE}BadRequest`, fieldViolations: [violation] }],
			};
		}
		case 'refused':
			return { ...invalid, message: problem.message };
		case 'model-not-found':
			return {
				code: 404,
				status: 'NOT_FOUND',
				message: `models/${problem.model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`,
			};
		case 'context-length':
			return {
				...invalid,
				message: `The input token count (${problem.inputTokens}) exceeds the maximum number of tokens allowed (${problem.contextTokens}).`,
			};
		case 'rate-limit':
			return exhausted(
				'PerMinute',
				askedModel,
				problem.hint?.form === 'retryinfo' ? problem.hint.amount : undefined,
			);
		case 'quota':
			return exhausted('PerDay', askedModel, undefined);
		case 'server':
			return {
				code: 500,
				status: 'INTERNAL',
				message: 'An internal error has occurred. Please retry.',
			};
		case 'unavailable':
			return {
				code: 503,
				status: 'UNAVAILABLE',
				message: 'The model is overloaded. Please try again later.',
			};
		case 'overloaded':
			return { code: 529, status: 'UNAVAILABLE', message: 'The service is overloaded.' };
	}
}

/** Which quota is used up is named in the details: a minute's passes, a day's does not. */
function exhausted(window: string, model: string, retrySeconds: number | undefined): Wording {
	const quotaId = `GenerateRequests${window}PerProjectPerModel-FreeTier`;
	const violation: Json = {
		quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
		quotaId,
		quotaDimensions: { location: 'global', model },
		quotaValue: '10',
	};
	const retry = { '@type': `${TYPE}RetryInfo`, retryDelay: `${retrySeconds ?? 0}s` };
	return {
		code: 429,
		status: 'RESOURCE_EXHAUSTED',
		message: 'You exceeded your current quota, please check your plan and billing details.',
		details: [
			{ '@type': `${TYPE}QuotaFailure`, violations: [violation] },
			...(retrySeconds === undefined ? [] : [retry]),
		],
	};
}

const PROTO_TYPES: Readonly<Record<string, string>> = {
	number: 'TYPE_FLOAT',
	integer: 'TYPE_INT32',
	string: 'TYPE_STRING',
	boolean: 'TYPE_BOOL',
	object: 'TYPE_MESSAGE',
	array: 'TYPE_MESSAGE',
};

function wordViolation(violation: Violation): { readonly message: string; readonly field: string } {
	const { kind, path, got, expected } = violation;
	const parent = protoPath(path.slice(0, -1));
	const field = protoPath(path);
	const name = snake(String(path.at(-1)));
	const shown = typeof got === 'string' ? `"${got}"` : JSON.stringify(got ?? null);
	switch (kind) {
		case 'unknown-field':
			return {
				message: `Invalid JSON payload received. Unknown name "${String(path.at(-1))}"${parent === '' ? '' : ` at '${parent}'`}: Cannot find field.`,
				field: parent,
			};
		case 'missing-field':
			return { message: `* GenerateContentRequest.${field}: ${name} is not specified`, field };
		case 'wrong-type': {
			const type = expected.map((one) => PROTO_TYPES[String(one)]).find((one) => one !== undefined);
			return {
				message: `Invalid value at '${field}' (${type ?? 'TYPE_MESSAGE'}), ${shown}`,
				field,
			};
		}
		case 'bad-value':
			return { message: `Invalid value at '${field}' (TYPE_ENUM), ${shown}`, field };
		case 'below-minimum':
		case 'above-maximum':
		case 'too-few':
		case 'too-many':
			return {
				message: `* GenerateContentRequest.${field}: ${name} is out of the supported range, got ${shown}`,
				field,
			};
	}
}

/** The API reports fields under their proto names. */
function protoPath(path: Violation['path']): string {
	return path
		.map((step, index) =>
			typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${snake(step)}`,
		)
		.join('');
}

function snake(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
