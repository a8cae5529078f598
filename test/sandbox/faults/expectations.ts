import { textOf, type VendorCall, type WireReply } from '../support/clients';

/** How the wire and the log must look under one fault. */
export interface Expectation {
	readonly status: number;
	readonly ending?: WireReply['ending'];
	readonly logged?: number | string;
	readonly aborted?: boolean;
	readonly check?: (reply: WireReply, call: VendorCall) => void;
}

type Bodies = Partial<Record<VendorCall['vendor'], object>>;

/** The vendor's own error document; `openai` also stands for the servers that speak its dialect. */
const body =
	(bodies: Bodies) =>
	(reply: WireReply, { vendor }: VendorCall) => {
		const expected = bodies[vendor] ?? bodies.openai;
		expect(reply.json).toMatchObject(expected ?? { never: true });
		expect(reply.headers['content-type']).toContain('application/json');
	};

const openaiError = (type: string, code: string | null) => ({
	error: { message: expect.any(String), type, param: null, code },
});
const anthropicError = (type: string, message: unknown = expect.any(String)) => ({
	type: 'error',
	error: { type, message },
	request_id: expect.stringMatching(/^req_/),
});
const googleError = (code: number, status: string, more = {}) => ({
	error: { code, status, message: expect.any(String), ...more },
});
const quotaFailure = (window: string) => ({
	details: expect.arrayContaining([
		expect.objectContaining({
			violations: [expect.objectContaining({ quotaId: expect.stringContaining(window) })],
		}),
	]),
});
const noHint = ({ headers }: WireReply) => {
	expect(headers['retry-after']).toBeUndefined();
	expect(headers['retry-after-ms']).toBeUndefined();
};
const rateLimit = body({
	openai: openaiError('requests', 'rate_limit_exceeded'),
	anthropic: anthropicError('rate_limit_error'),
	google: googleError(429, 'RESOURCE_EXHAUSTED', quotaFailure('PerMinute')),
});
const serverError = body({
	openai: openaiError('server_error', null),
	anthropic: anthropicError('api_error'),
	google: googleError(500, 'INTERNAL'),
});
const html = ({ headers, text }: WireReply) => {
	expect(headers['content-type']).toContain('text/html');
	expect(text).toContain('<html>');
};

/** The answer fields of each dialect: text, refusal and the vendor's word for the ending. */
const ANSWER: Readonly<Record<string, Readonly<Record<string, object>>>> = {
	'chat.completion': {
		'empty-answer': { choices: [{ message: { content: '' }, finish_reason: 'stop' }] },
		refusal: {
			choices: [{ message: { content: null, refusal: expect.any(String) }, finish_reason: 'stop' }],
		},
		length: { choices: [{ message: { content: expect.any(String) }, finish_reason: 'length' }] },
	},
	response: {
		'empty-answer': { status: 'completed', output: [] },
		refusal: {
			status: 'completed',
			output: [{ type: 'message', content: [{ type: 'refusal', refusal: expect.any(String) }] }],
		},
		length: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
	},
	message: {
		'empty-answer': { content: [], stop_reason: 'end_turn' },
		refusal: { content: [], stop_reason: 'refusal', stop_details: { type: 'refusal' } },
		length: { content: [{ type: 'text' }], stop_reason: 'max_tokens' },
	},
	candidates: {
		'empty-answer': { candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] },
		refusal: { candidates: [{ finishReason: 'SAFETY', safetyRatings: [{ blocked: true }] }] },
		length: { candidates: [{ finishReason: 'MAX_TOKENS' }] },
	},
};

const answer = (fault: string) => (reply: WireReply) => {
	const document = reply.json as { object?: string; type?: string };
	const shape = ANSWER[document.object ?? document.type ?? 'candidates'];
	expect(document).toMatchObject(shape?.[fault] ?? { never: true });
};

/** Every fault by name, with the amounts that the tests ask for. */
export const EXPECTED: Readonly<Record<string, Expectation>> = {
	'429': {
		status: 429,
		check: (reply, call) => {
			rateLimit(reply, call);
			noHint(reply);
		},
	},
	'429-seconds-7': {
		status: 429,
		check: (reply, call) => {
			rateLimit(reply, call);
			expect(reply.headers['retry-after']).toBe('7');
		},
	},
	'429-date-20': {
		status: 429,
		check: ({ headers }) => {
			const at = headers['retry-after'] ?? '';
			expect(at).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
			const waitMs = Date.parse(at) - Date.now();
			expect(waitMs).toBeGreaterThan(17_000);
			expect(waitMs).toBeLessThanOrEqual(20_000);
		},
	},
	'429-ms-350': {
		status: 429,
		check: ({ headers }) => {
			expect(headers['retry-after-ms']).toBe('350');
			expect(headers['retry-after']).toBeUndefined();
		},
	},
	'429-retryinfo-9': {
		status: 429,
		check: (reply, { vendor }) => {
			if (vendor !== 'google') {
				expect(reply.headers['retry-after']).toBe('9');
				return;
			}
			noHint(reply);
			expect(reply.json).toMatchObject({
				error: {
					details: expect.arrayContaining([
						{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '9s' },
					]),
				},
			});
		},
	},
	quota: {
		status: 429,
		check: body({
			openai: openaiError('insufficient_quota', 'insufficient_quota'),
			anthropic: anthropicError('invalid_request_error', expect.stringContaining('credit balance')),
			google: googleError(429, 'RESOURCE_EXHAUSTED', quotaFailure('PerDay')),
		}),
	},
	'500': { status: 500, check: serverError },
	'503': {
		status: 503,
		check: body({
			openai: openaiError('service_unavailable_error', null),
			anthropic: anthropicError('api_error'),
			google: googleError(503, 'UNAVAILABLE'),
		}),
	},
	'529': {
		status: 529,
		check: body({
			openai: openaiError('server_error', null),
			anthropic: anthropicError('overloaded_error', 'Overloaded'),
			google: googleError(529, 'UNAVAILABLE'),
		}),
	},
	'html-502': { status: 502, check: html },
	reset: { status: 0, ending: 'cut', logged: 'reset' },
	'reset-mid-body': {
		status: 200,
		ending: 'cut',
		check: ({ text, headers }) => {
			expect(text.length).toBeGreaterThan(0);
			expect(text.length).toBeLessThan(Number(headers['content-length']));
		},
	},
	hang: { status: 0, ending: 'waiting', logged: 'hang', aborted: true },
	'hang-body': {
		status: 200,
		ending: 'waiting',
		aborted: true,
		check: ({ text }) => expect(text).toBe(''),
	},
	'slow-drip': {
		status: 200,
		ending: 'waiting',
		aborted: true,
		check: ({ text, headers }) => {
			expect(text.length).toBeLessThan(10);
			// At five bytes a second.
			expect(Number(headers['content-length']) / 5).toBeGreaterThan(60);
		},
	},
	'stall-mid-body': {
		status: 200,
		ending: 'waiting',
		aborted: true,
		check: ({ text, headers }) => {
			expect(text.length).toBeGreaterThan(10);
			expect(text.length).toBeLessThan(Number(headers['content-length']));
		},
	},
	'malformed-chunk': {
		status: 200,
		check: ({ text, json }) => {
			expect(text).toMatch(/^\{/);
			expect(text).toContain('\u0000');
			expect(json).toBeUndefined();
		},
	},
	'no-end': {
		status: 200,
		ending: 'cut',
		check: ({ text }) => expect(JSON.parse(text)).toBeInstanceOf(Object),
	},
	'no-end-open': {
		status: 200,
		ending: 'waiting',
		aborted: true,
		check: ({ text }) => expect(JSON.parse(text)).toBeInstanceOf(Object),
	},
	'no-prefill': { status: 200 },
	'truncated-json': {
		status: 200,
		check: ({ text, json }) => {
			expect(text).toMatch(/^\{"/);
			expect(json).toBeUndefined();
		},
	},
	'empty-body': { status: 200, check: ({ text }) => expect(text).toBe('') },
	'empty-answer': { status: 200, check: answer('empty-answer') },
	refusal: { status: 200, check: answer('refusal') },
	length: { status: 200, check: answer('length') },
	'wrong-json': {
		status: 200,
		check: (reply, call) => expect(textOf(call, reply)).toBe('{"unasked": true}'),
	},
	'200-error': { status: 200, check: serverError },
	'wrong-content-type': { status: 200, check: html },
	'context-length': {
		status: 400,
		check: body({
			openai: { error: { code: 'context_length_exceeded' } },
			anthropic: anthropicError('invalid_request_error', expect.stringContaining('is too long')),
			google: googleError(400, 'INVALID_ARGUMENT', {
				message: expect.stringContaining('exceeds the maximum number of tokens'),
			}),
		}),
	},
	'content-filter': {
		status: 400,
		check: body({
			openai: openaiError('invalid_request_error', 'invalid_prompt'),
			anthropic: anthropicError('invalid_request_error', expect.stringContaining('filtering')),
			google: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
		}),
	},
	'401': {
		status: 401,
		check: body({
			openai: openaiError('invalid_request_error', 'invalid_api_key'),
			anthropic: anthropicError('authentication_error', 'invalid x-api-key'),
			google: googleError(400, 'INVALID_ARGUMENT', {
				details: [expect.objectContaining({ reason: 'API_KEY_INVALID' })],
			}),
		}),
	},
	'403': {
		status: 403,
		check: body({
			openai: openaiError('invalid_request_error', 'missing_scope'),
			anthropic: anthropicError('permission_error'),
			google: googleError(403, 'PERMISSION_DENIED'),
		}),
	},
	'404': {
		status: 404,
		check: body({
			openai: openaiError('invalid_request_error', 'model_not_found'),
			anthropic: anthropicError('not_found_error', expect.stringMatching(/^model: /)),
			google: googleError(404, 'NOT_FOUND'),
		}),
	},
};

/** Where a vendor's status is its own. */
export const OWN_STATUS: Readonly<Record<string, number>> = {
	'google 401': 400,
	'google content-filter': 200,
	'anthropic quota': 400,
};
