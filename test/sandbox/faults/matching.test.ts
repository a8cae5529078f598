import { startSandbox, type Sandbox } from '../index';
import { CALLS, chat, wire, type VendorCall } from '../support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

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
