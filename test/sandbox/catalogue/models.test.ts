import { startSandbox, type Sandbox } from '../index';
import { CALLS, callOf, chat, wire } from '../support/clients';
import { SHELVES, vendorOfModel } from './shelves';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

async function list(name: string, query = '', path = 'models'): Promise<unknown> {
	const call = callOf(name);
	const version = call.vendor === 'google' ? 'v1beta' : 'v1';
	const url = `${sandbox.url}/${call.vendor}/${version}/${path}${query}`;
	return (await wire(url, { headers: call.headers })).json;
}

test("OpenAI's list has models of all kinds with their owner", async () => {
	const { data } = (await list('Chat Completions')) as { data: { id: string }[] };
	expect(data).toContainEqual({
		id: 'gpt-4o-mini-2024-07-18',
		object: 'model',
		created: 1721260800,
		owned_by: 'openai',
	});
	const ids = data.map(({ id }) => id);
	expect(ids).toEqual(
		expect.arrayContaining(['gpt-4o-mini', 'gpt-5-mini', 'text-embedding-3-small', 'tts-1']),
	);
	expect(new Set(ids).size).toBe(ids.length);
	expect(await list('Chat Completions', '', 'models/gpt-4o')).toMatchObject({
		id: 'gpt-4o-2024-08-06',
	});
	expect(await list('Chat Completions', '', 'models/none')).toMatchObject({
		error: { code: 'model_not_found' },
	});
});

test("Anthropic's list comes in pages", async () => {
	type Page = { data: { id: string; display_name: string }[]; has_more: boolean; last_id: string };
	const first = (await list('Anthropic', '?limit=5')) as Page;
	expect(first).toMatchObject({ has_more: true, data: { length: 5 } });
	const rest = (await list('Anthropic', `?limit=1000&after_id=${first.last_id}`)) as Page;
	expect(rest.has_more).toBe(false);
	const rows = [...first.data, ...rest.data];
	expect(rows).toHaveLength(SHELVES.anthropic.models.length);
	expect(rows).toContainEqual(
		expect.objectContaining({
			type: 'model',
			id: 'claude-3-5-haiku-20241022',
			display_name: 'Claude Haiku 3.5',
			created_at: '2024-10-22T00:00:00Z',
		}),
	);
});

test("Gemini's list tells limits and methods and comes in pages", async () => {
	type Page = {
		models: { name: string; supportedGenerationMethods: string[] }[];
		nextPageToken?: string;
	};
	const all = (await list('Gemini', '?pageSize=1000')) as Page;
	expect(all).not.toHaveProperty('nextPageToken');
	expect(all.models).toContainEqual(
		expect.objectContaining({
			name: 'models/gemini-2.5-flash',
			displayName: 'Gemini 2.5 Flash',
			inputTokenLimit: 1_048_576,
			outputTokenLimit: 65_536,
			supportedGenerationMethods: expect.arrayContaining(['generateContent']),
			thinking: true,
		}),
	);
	const embedding = all.models.find(({ name }) => name === 'models/gemini-embedding-001');
	expect(embedding?.supportedGenerationMethods).not.toContain('generateContent');
	const first = (await list('Gemini', '?pageSize=4')) as Page;
	const second = (await list('Gemini', `?pageSize=4&pageToken=${first.nextPageToken}`)) as Page;
	expect(second.models[0]?.name).toBe(all.models[4]?.name);
});

test('local servers list what they have without a key', async () => {
	const { data } = (await list('without a key')) as { data: { id: string }[] };
	expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(['llama3.1:8b', 'llama3.3:70b']));
});

test('every listed chat model answers under every one of its names', async () => {
	for (const call of CALLS) {
		for (const { kind, id, aliases } of SHELVES[call.vendor].models) {
			if (kind !== 'chat') continue;
			for (const model of [id, ...aliases]) {
				expect([model, (await chat(sandbox.url, call, 'Hi', { model })).status]).toEqual([
					model,
					200,
				]);
			}
		}
	}
});

test('a model name tells its vendor', () => {
	expect(vendorOfModel('gpt-4o')).toBe('openai');
	expect(vendorOfModel('claude-3-haiku-20240307')).toBe('anthropic');
	expect(vendorOfModel('gemini-1.5-pro')).toBe('google');
	expect(vendorOfModel('llama-3.1-8b-instruct')).toBe('compatible');
	expect(vendorOfModel('llama3.1:8b')).toBe('local');
	expect(vendorOfModel('none')).toBeUndefined();
});

test('replies carry a request ID of their own and the limits of the account', async () => {
	const openai = [1, 2].map(async () => await chat(sandbox.url, callOf('Chat Completions'), 'Hi'));
	const [one, two] = await Promise.all(openai);
	expect(one?.headers['x-request-id']).toMatch(/^req_[0-9a-f]{32}$/);
	expect(one?.headers['x-request-id']).not.toBe(two?.headers['x-request-id']);
	expect(one?.headers).toMatchObject({
		'x-ratelimit-limit-requests': '10000',
		'x-ratelimit-remaining-tokens': expect.stringMatching(/^\d+$/),
		'x-ratelimit-reset-requests': '6ms',
	});
	const anthropic = await chat(sandbox.url, callOf('Anthropic'), 'Hi');
	expect(anthropic.headers).toMatchObject({
		'request-id': expect.stringMatching(/^req_/),
		'anthropic-ratelimit-requests-remaining': expect.stringMatching(/^\d+$/),
		'anthropic-ratelimit-tokens-reset': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
	});
});
