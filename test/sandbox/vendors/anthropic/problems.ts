import type { ReplyContext } from '../../dialect';
import { jsonReply, type Problem, type Reply, type Violation } from '../../problem';
import { requestIdOf, waitHeaders } from '../../rateLimits';

/** Anthropic's error body: `{ type: 'error', error: { type, message }, request_id }`. */
export function anthropicProblem(problem: Problem, context: ReplyContext): Reply {
	const [status, type, message] = wordingOf(problem);
	const hint = problem.kind === 'rate-limit' ? problem.hint : undefined;
	return jsonReply(
		status,
		{
			type: 'error',
			error: { type, message },
			request_id: requestIdOf('req_', context.callNumber),
		},
		waitHeaders(hint, context.nowMs),
	);
}

function wordingOf(problem: Problem): readonly [status: number, type: string, message: string] {
	switch (problem.kind) {
		case 'missing-key':
			return [401, 'authentication_error', 'x-api-key header is required'];
		case 'wrong-key':
			return [401, 'authentication_error', 'invalid x-api-key'];
		case 'forbidden':
			return [
				403,
				'permission_error',
				'Your API key does not have permission to use this resource.',
			];
		case 'no-route':
			return [404, 'not_found_error', 'Not Found'];
		case 'invalid-json':
			return [400, 'invalid_request_error', 'The request body is not valid JSON'];
		case 'body-too-large':
			return [413, 'request_too_large', 'Request exceeds the maximum size'];
		case 'violation':
			return [400, 'invalid_request_error', wordViolation(problem.violation)];
		case 'refused':
			return [400, 'invalid_request_error', problem.message];
		case 'model-not-found':
			return [404, 'not_found_error', `model: ${problem.model}`];
		case 'context-length':
			return [
				400,
				'invalid_request_error',
				`prompt is too long: ${problem.inputTokens} tokens > ${problem.contextTokens} maximum`,
			];
		case 'content-filter':
			return [400, 'invalid_request_error', 'Output blocked by content filtering policy'];
		case 'rate-limit':
			return [
				429,
				'rate_limit_error',
				"This request would exceed your organization's rate limit of 50 requests per minute.",
			];
		case 'quota':
			return [
				400,
				'invalid_request_error',
				'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
			];
		case 'server':
			return [500, 'api_error', 'Internal server error'];
		case 'unavailable':
			return [503, 'api_error', 'Service unavailable'];
		case 'overloaded':
			return [529, 'overloaded_error', 'Overloaded'];
	}
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
	number: 'a valid number',
	integer: 'a valid integer',
	string: 'a valid string',
	object: 'an object',
	array: 'a valid list',
	boolean: 'a valid boolean',
};

function wordViolation({ kind, path, expected }: Violation): string {
	const at = path.join('.');
	const values = expected.filter((value) => value !== null && value !== 'null');
	const limit = String(values[0]);
	switch (kind) {
		case 'unknown-field':
			return `${at}: Extra inputs are not permitted`;
		case 'missing-field':
			return `${at}: Field required`;
		case 'wrong-type':
			return `${at}: Input should be ${values.map((type) => TYPE_WORDS[String(type)] ?? type).join(' or ')}`;
		case 'below-minimum':
			return `${at}: Input should be greater than or equal to ${limit}`;
		case 'above-maximum':
			return `${at}: Input should be less than or equal to ${limit}`;
		case 'too-few':
			return `${at}: List should have at least ${limit} item after validation`;
		case 'too-many':
			return `${at}: Input should have at most ${limit} items`;
		case 'bad-value':
			return `${at}: Input should be ${values.map((value) => `'${String(value)}'`).join(', ')}`;
	}
}
