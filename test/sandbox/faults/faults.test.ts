import { startSandbox, type Sandbox } from '../index';
import { CALLS, chat, textOf } from '../support/clients';
import { EXPECTED, OWN_STATUS } from './expectations';
import { FAULT_NAMES } from './fault';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

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

	test('fails for as long as the model ID says and then answers', async () => {
		const model = `${call.model}--fault-503--for-1--tag-outage`;
		const ask = async () => (await chat(sandbox.url, call, 'Hello', { model })).status;
		expect(await ask()).toBe(503);
		await new Promise((resolve) => setTimeout(resolve, 1_010));
		expect(await ask()).toBe(200);
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

	test.each(streaming)('$name holds one event that is no JSON', async (call) => {
		const reply = await chat(sandbox.url, call, 'Write about tides.', {
			model: `${call.model}--fault-malformed-chunk`,
			more: { stream: true },
		});
		expect([reply.status, reply.ending]).toEqual([200, 'whole']);
		const broken = dataOf(reply.text).filter((data) => data !== '[DONE]' && !isJson(data));
		expect(broken).toHaveLength(1);
	});

	test.each(streaming)('$name ends without its end mark', async (call) => {
		for (const [fault, ending] of [
			['no-end', 'whole'],
			['no-end-open', 'waiting'],
		]) {
			const reply = await chat(sandbox.url, call, 'Write about tides.', {
				model: `${call.model}--fault-${fault}--tag-${ending}`,
				more: { stream: true },
				patienceMs: 350,
			});
			if (reply.text.includes('response.completed')) continue;
			expect([reply.status, reply.ending]).toEqual([200, ending]);
			expect(reply.text).toMatch(/"(finish_reason|stop_reason)":"(stop|end_turn)"/);
			expect(reply.text).not.toMatch(/\[DONE\]|message_stop/);
		}
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

test('a model that takes no prefill refuses a request that ends with an answer', async () => {
	for (const call of CALLS) {
		const reply = await chat(sandbox.url, call, 'Hello', {
			model: `${call.model}--fault-no-prefill`,
			more: prefilled(call.name),
		});
		expect([call.name, reply.status]).toEqual([call.name, 400]);
		expect(reply.text).toContain('prefill');
	}
});

/** A conversation that ends with the start of an answer, in each dialect. */
function prefilled(name: string): object {
	const turns = (assistant: string, key: string, value: (text: string) => unknown) => [
		{ role: 'user', [key]: value('Hello') },
		{ role: assistant, [key]: value('Hello, I') },
	];
	if (name === 'OpenAI Responses') return { input: turns('assistant', 'content', (text) => text) };
	if (name === 'Gemini generateContent') {
		return { contents: turns('model', 'parts', (text) => [{ text }]) };
	}
	return { messages: turns('assistant', 'content', (text) => text) };
}

function dataOf(stream: string): string[] {
	return stream
		.split('\n')
		.filter((line) => line.startsWith('data: '))
		.map((line) => line.slice('data: '.length));
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** Lets the server notice that the client is gone. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) {
		if (sandbox.calls().every(({ endedAtMs }) => endedAtMs !== undefined)) return;
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
