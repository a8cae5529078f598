import { startSandbox, type Sandbox } from '../index';
import { CALLS, chat, textOf, wire, type VendorCall, type WireReply } from '../support/clients';
import { FAULT_NAMES } from './fault';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

/** How the wire and the log must look under one fault. */
interface Expectation {
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

const EXPECTED: Readonly<Record<string, Expectation>> = {
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
const OWN_STATUS: Readonly<Record<string, number>> = {
	'google 401': 400,
	'google content-filter': 200,
	'anthropic quota': 400,
};

test('every fault that is named has its expectation here', () => {
	const tested = Object.keys(EXPECTED).map((name) => name.replace(/^(429-[a-z]+)-\d+$/, '$1-<n>'));
	expect(tested.sort()).toEqual([...FAULT_NAMES].sort());
});

describe.each(CALLS)('$name', (call) => {
	const faults = Object.entries(EXPECTED);

	test.each(faults)('fails with %s when the model ID says so', async (name, expected) => {
		const reply = await chat(sandbox.url, call, 'Tell me about tides in three sentences.', {
			model: `${call.model}--fault-${name}`,
			patienceMs: expected.ending === 'waiting' ? 350 : 5_000,
		});
		const status = OWN_STATUS[`${call.vendor} ${name}`] ?? expected.status;
		expect([reply.status, reply.ending]).toEqual([status, expected.ending ?? 'whole']);
		expected.check?.(reply, call);
		await settled();
		expect(sandbox.calls()).toEqual([
			expect.objectContaining({
				seq: 1,
				vendor: call.vendor,
				model: `${call.model}--fault-${name}`,
				fault: name,
				status: expected.logged ?? status,
				aborted: expected.aborted ?? false,
				endedAtMs: expect.any(Number),
			}),
		]);
	});

	test('fails by control call just as by model ID, and answers again afterwards', async () => {
		sandbox.setFault({ vendor: call.vendor }, '503', { times: 2 });
		const statuses: number[] = [];
		for (const _ of [1, 2, 3]) statuses.push((await chat(sandbox.url, call, 'Hello')).status);
		expect(statuses).toEqual([503, 503, 200]);
		expect(sandbox.calls().map(({ fault }) => fault)).toEqual(['503', '503', undefined]);
	});

	test('fails the first calls of a model ID with --times and then answers', async () => {
		const model = `${call.model}--fault-500--times-2`;
		const ask = async () => await chat(sandbox.url, call, 'Hello', { model });
		const replies = [await ask(), await ask(), await ask()];
		expect(replies.map(({ status }) => status)).toEqual([500, 500, 200]);
		const last = replies[2];
		expect(last === undefined ? '' : textOf(call, last)).not.toBe('');
		sandbox.clearFaults();
		expect((await ask()).status).toBe(500);
	});

	test('waits as long as the model ID says, also before a fault', async () => {
		const waiting = await chat(sandbox.url, call, 'Hello', { model: `${call.model}--latency-120` });
		expect(waiting.status).toBe(200);
		expect(waiting.tookMs).toBeGreaterThanOrEqual(118);
		const both = `${call.model}--fault-429-seconds-1--latency-80`;
		const failing = await chat(sandbox.url, call, 'Hello', { model: both });
		expect(failing.status).toBe(429);
		expect(failing.tookMs).toBeGreaterThanOrEqual(78);
	});
});

describe('which calls a fault strikes', () => {
	const [openai, , anthropic] = CALLS as [VendorCall, VendorCall, VendorCall];
	const status = async (call: VendorCall, prompt = 'Hello', options = {}) =>
		(await chat(sandbox.url, call, prompt, options)).status;

	test('only those of the vendor, the endpoint, the model or the prompt that is named', async () => {
		sandbox.setFault({ vendor: 'anthropic' }, '500', { times: 1 });
		sandbox.setFault({ endpoint: 'responses' }, '503', { times: 1 });
		sandbox.setFault({ model: 'gpt-4o' }, '529', { times: 1 });
		sandbox.setFault({ promptIncludes: 'boom' }, '404', { times: 1 });
		expect(await status(openai)).toBe(200);
		expect(await status(anthropic)).toBe(500);
		expect(await status(CALLS[1] ?? openai)).toBe(503);
		expect(await status(openai, 'Hello', { model: 'gpt-4o' })).toBe(529);
		expect(await status(openai, 'say boom')).toBe(404);
		expect(await status(openai, 'say boom')).toBe(200);
	});

	test('a model by its alias, its snapshot or the base of a suffixed ID', async () => {
		sandbox.setFault({ model: 'gpt-4o-mini-2024-07-18' }, '500');
		expect(await status(openai, 'Hello', { model: 'gpt-4o-mini' })).toBe(500);
		expect(await status(openai, 'Hello', { model: 'gpt-4o-mini-2024-07-18--latency-1' })).toBe(500);
		expect(await status(openai, 'Hello', { model: 'gpt-4o' })).toBe(200);
	});

	test('one key of several, so that a rotation can be seen', async () => {
		const own = await startSandbox({ apiKeys: { openai: ['first', 'second'] } });
		own.setFault({ apiKey: 'first' }, '429');
		const statusWith = async (key: string) =>
			(await chat(own.url, openai, 'Hello', { headers: { authorization: `Bearer ${key}` } }))
				.status;
		expect([await statusWith('first'), await statusWith('second')]).toEqual([429, 200]);
		await own.close();
	});

	test('in the order in which the faults were set', async () => {
		sandbox.setFault({}, '429', { times: 1 });
		sandbox.setFault({}, 'refusal', { times: 1 });
		sandbox.setFault({}, '500', { times: 1 });
		const statuses = [];
		for (const _ of [1, 2, 3, 4]) statuses.push(await status(openai));
		expect(statuses).toEqual([429, 200, 500, 200]);
		expect(sandbox.calls().map(({ fault }) => fault)).toEqual(['429', 'refusal', '500', undefined]);
	});

	test('also the lists of models', async () => {
		sandbox.setFault({ endpoint: 'models' }, '401');
		const list = await wire(`${sandbox.url}/openai/v1/models`, { headers: openai.headers });
		expect(list.status).toBe(401);
	});

	test('never a call that the vendor would refuse anyway', async () => {
		sandbox.setFault({}, '500', { times: 1 });
		expect(await status(openai, 'Hello', { more: { temperature: 9 } })).toBe(400);
		expect(await status(openai)).toBe(500);
	});

	test('a name that does not exist is an error that lists those that do', () => {
		expect(() => sandbox.setFault({}, '418')).toThrow(/"418" is not a fault; there are 429, /);
	});

	test('a suffix that cannot be read makes the model unknown', async () => {
		expect(await status(openai, 'Hello', { model: 'gpt-4o--fault-418' })).toBe(404);
		expect(await status(openai, 'Hello', { model: 'gpt-4o--typo-1' })).toBe(404);
	});
});

describe('faults of streams', () => {
	const streaming = CALLS.filter(({ vendor }) => vendor !== 'google');

	test.each(streaming)('$name breaks off in the middle', async (call) => {
		const reply = await chat(sandbox.url, call, 'Write about tides.', {
			model: `${call.model}--fault-reset-mid-body`,
			more: { stream: true },
		});
		expect([reply.status, reply.ending]).toEqual([200, 'cut']);
		expect(reply.text).toContain('data: ');
	});

	test.each(streaming)('$name refuses before the first event', async (call) => {
		const reply = await chat(sandbox.url, call, 'Write about tides.', {
			model: `${call.model}--fault-429-seconds-2`,
			more: { stream: true },
		});
		expect(reply.status).toBe(429);
		expect(reply.headers['content-type']).toContain('application/json');
	});
});

/** Lets the server notice that the client is gone. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) {
		if (sandbox.calls().every(({ endedAtMs }) => endedAtMs !== undefined)) return;
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
