import type { FailureKind, ProviderFailure } from '../spec/failures';
import { member, type JsonValue } from '../spec/json';
import type { ReadRetryAfter } from '../spec/provider';
import { bodyOf, type Reply } from './exchange';

/**
 * What a vendor says about an error, in its own fields: OpenAI `type`/`code`/`param`, Anthropic
 * `type`, Gemini `status` and `details[].reason`. OpenAI-compatible servers use any mix of them.
 */
interface VendorError {
	readonly message: string | undefined;
	/** Codes, types and reasons, in lower case. */
	readonly words: readonly string[];
	/** A status inside the body, where the HTTP status is 200. */
	readonly status: number | undefined;
}

/** Vendors' own codes that say more than the status does. First match wins. */
const KIND_BY_WORD: readonly (readonly [RegExp, FailureKind])[] = [
	[/^(insufficient_quota|billing_error|billing_hard_limit_reached|billing_not_active)$/, 'quota'],
	[/^(context_length_exceeded|string_above_max_length|request_too_large)$/, 'context-length'],
	[
		/^(content_filter|content_policy_violation|invalid_prompt|safety|prohibited_content)$/,
		'content-filter',
	],
	[/^(model_not_found|deployment_not_found|deploymentnotfound)$/, 'model-not-found'],
	[/^(invalid_api_key|authentication_error|api_key_invalid|unauthenticated)$/, 'authentication'],
	[
		/^(permission_error|permission_denied|access_denied|unsupported_country_region_territory)$/,
		'permission',
	],
	[/^(rate_limit_exceeded|rate_limit_error|requests|tokens|resource_exhausted)$/, 'rate-limit'],
	[
		/^(overloaded_error|unavailable|service_unavailable|engine_overloaded|slow_down)$/,
		'overloaded',
	],
	[/^(timeout_error|deadline_exceeded)$/, 'timeout'],
	[/^(server_error|api_error|internal|internal_error|internal_server_error)$/, 'server'],
	[/^(not_found_error|not_found)$/, 'model-not-found'],
	[/^(invalid_request_error|invalid_argument|failed_precondition|bad_request)$/, 'invalid-request'],
];

/**
 * Vendors that give no code for these two: the words are the only sign. Seen in the error messages
 * of the Anthropic, Gemini, Mistral, vLLM and llama.cpp servers.
 */
const CONTEXT_WORDS =
	/prompt is too long|context (length|window|limit)|maximum context|input token count|exceeds the (maximum|available) (number of tokens|context)|too many tokens/i;
const CREDIT_WORDS =
	/credit balance|insufficient (credit|balance|quota|funds)|exceeded your current quota|billing/i;
const FILTER_WORDS = /content filter|content management policy|blocked by .*(safety|policy)/i;
/**
 * What a refusal of the JSON format says. Seen from OpenAI (`response_format`, `text.format`,
 * `invalid_json_schema`), Anthropic (`output_config`, `input_schema`), Gemini (`too many states` of a
 * schema), DeepSeek, LM Studio, llama.cpp (`grammar`) and vLLM.
 */
const FORMAT_WORDS =
	/schema|response_?format|text\.format|output_(config|format)|response_?mime|json[ _](mode|object)|structured output|grammar|tool_choice/i;
const DAILY_QUOTA = /perday/i;

/** Turns a reply that is not an answer into a failure. Never quotes a header or the request. */
export function classifyReply(reply: Reply, readRetryAfter: ReadRetryAfter): ProviderFailure {
	const body = bodyOf(reply);
	const said = vendorError(body);
	const isError = reply.status >= 400 || said.status !== undefined || said.words.length > 0;
	const status = reply.status >= 400 ? reply.status : (said.status ?? reply.status);
	const kind = isError ? kindOf(status, said, body) : unreadable(reply.status);
	const waitMs = kind === 'quota' ? undefined : readRetryAfter(reply.headers, body);
	const requestId = reply.headers['x-request-id'] ?? reply.headers['request-id'];
	const refusesFormat =
		kind === 'invalid-request' && FORMAT_WORDS.test(`${said.message} ${said.words.join(' ')}`);
	return {
		kind,
		message: said.message ?? describe(reply),
		status: reply.status,
		...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
		...(requestId === undefined ? {} : { requestId }),
		...(refusesFormat ? { refusesFormat } : {}),
	};
}

function kindOf(status: number, said: VendorError, body: JsonValue | undefined): FailureKind {
	const message = said.message ?? '';
	if (CREDIT_WORDS.test(message) && [400, 402, 403, 429].includes(status)) {
		return isPerMinute(body) ? 'rate-limit' : 'quota';
	}
	if (status === 429 && isPerDay(body)) return 'quota';
	if ((status === 400 || status === 413 || status === 422) && CONTEXT_WORDS.test(message)) {
		return 'context-length';
	}
	if (status === 400 && FILTER_WORDS.test(message)) return 'content-filter';
	const byWord = KIND_BY_WORD.find(([word]) => said.words.some((one) => word.test(one)))?.[1];
	// These two words stand on errors of every sort: the status says more.
	const isVague = byWord === undefined || byWord === 'invalid-request' || byWord === 'server';
	if (!isVague) return byWord;
	return kindByStatus(status) ?? byWord ?? 'server';
}

function kindByStatus(status: number): FailureKind | undefined {
	if (status === 401) return 'authentication';
	if (status === 402) return 'quota';
	if (status === 403) return 'permission';
	if (status === 404) return 'model-not-found';
	if (status === 408 || status === 504) return 'timeout';
	if (status === 413) return 'context-length';
	if (status === 429) return 'rate-limit';
	if (status === 503 || status === 529) return 'overloaded';
	if (status >= 500) return 'server';
	if (status >= 400) return 'invalid-request';
	return undefined;
}

/** A 3xx is an endpoint that moved, and keys do not follow; a 2xx is a body that is no answer. */
function unreadable(status: number): FailureKind {
	return status >= 300 ? 'network' : 'malformed-response';
}

function vendorError(body: JsonValue | undefined): VendorError {
	const entry = Array.isArray(body) ? (body as readonly JsonValue[])[0] : body;
	const error =
		member(entry, 'error') ?? (member(entry, 'detail') === undefined ? undefined : entry);
	if (error === undefined || error === null)
		return { message: undefined, words: [], status: undefined };
	if (typeof error === 'string') {
		return { message: clean(error), words: [], status: numberOf(member(entry, 'status')) ?? 500 };
	}
	const details = member(error, 'details');
	const reasons = Array.isArray(details)
		? (details as readonly JsonValue[]).map((detail) => member(detail, 'reason'))
		: [];
	const code = member(error, 'code');
	const words = [code, ...reasons, member(error, 'status'), member(error, 'type')].filter(
		(word): word is string => typeof word === 'string',
	);
	const message = member(error, 'message') ?? member(error, 'detail');
	return {
		message: typeof message === 'string' ? clean(message) : undefined,
		words: words.map((word) => word.toLowerCase()),
		status: numberOf(code) ?? numberOf(member(error, 'status')),
	};
}

/** Gemini names the exhausted quota: `…PerDay…` is gone until tomorrow, `…PerMinute…` is not. */
function isPerDay(body: JsonValue | undefined): boolean {
	return quotaIds(body).some((id) => DAILY_QUOTA.test(id));
}

function isPerMinute(body: JsonValue | undefined): boolean {
	const ids = quotaIds(body);
	return ids.length > 0 && !isPerDay(body);
}

function quotaIds(body: JsonValue | undefined): string[] {
	const details = member(member(body, 'error'), 'details');
	if (!Array.isArray(details)) return [];
	return (details as readonly JsonValue[]).flatMap((detail) => {
		const violations = member(detail, 'violations');
		if (!Array.isArray(violations)) return [];
		return (violations as readonly JsonValue[])
			.map((violation) => member(violation, 'quotaId'))
			.filter((id): id is string => typeof id === 'string');
	});
}

function numberOf(value: JsonValue | undefined): number | undefined {
	return typeof value === 'number' && value >= 400 && value < 600 ? value : undefined;
}

function describe(reply: Reply): string {
	if (reply.status >= 300 && reply.status < 400) {
		return `The endpoint redirects (HTTP ${reply.status}), and keys do not follow redirects`;
	}
	if (reply.text.trim() === '') return `HTTP ${reply.status} with an empty body`;
	const type = reply.headers['content-type']?.split(';')[0] ?? 'no content type';
	return `HTTP ${reply.status} with a body that is not a model's reply (${type})`;
}

/** One line, of bounded length. */
function clean(message: string): string {
	const line = message.replace(/\s+/g, ' ').trim();
	return line.length > 500 ? `${line.slice(0, 497)}…` : line;
}
