import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { InvalidPlanError } from '../../../engine/index';
import { connector } from '../../../nodes/shared/connections';

const SECRET = 'sk-very-secret';

function nodeWith(...types: string[]): INode {
	return {
		id: '1',
		name: 'Router',
		type: 'n8n-nodes-multi-model.multiModelRouter',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: Object.fromEntries(
			types.map((type) => [type, { id: `id of ${type}`, name: 'Mine' }]),
		),
	};
}

function sourceOf(data: ICredentialDataDecryptedObject) {
	const asked: string[] = [];
	const getCredentials = async (type: string) => {
		asked.push(type);
		return data;
	};
	return { getCredentials, asked };
}

async function openai(data: ICredentialDataDecryptedObject) {
	const connected = await connector(sourceOf(data), nodeWith('multiModelOpenAiApi'))('openai', '');
	if (!connected.ok) throw new Error(connected.reason);
	return connected.connection;
}

test('splits the keys of a credential and keeps their order', async () => {
	const { keys, baseUrl } = await openai({
		apiKey: ` ${SECRET} `,
		additionalApiKeys: `sk-2\n\n sk-3, sk-2\n${SECRET}`,
		baseUrl: 'https://api.openai.com/v1/',
	});
	expect(keys.map((key) => key.reveal())).toEqual([SECRET, 'sk-2', 'sk-3']);
	expect(baseUrl).toBe('https://api.openai.com/v1');
});

test('uses the address of the vendor when the credential has none', async () => {
	expect((await openai({ apiKey: SECRET })).baseUrl).toBe('https://api.openai.com/v1');
});

test('sends the organisation and the project along', async () => {
	const { headers } = await openai({
		apiKey: SECRET,
		organizationId: 'org-1',
		projectId: 'proj-1',
	});
	expect(headers).toEqual({ 'OpenAI-Organization': 'org-1', 'OpenAI-Project': 'proj-1' });
	expect((await openai({ apiKey: SECRET })).headers).toBeUndefined();
});

test('reads a credential once, however many models use it', async () => {
	const source = sourceOf({ apiKey: SECRET });
	const connect = connector(source, nodeWith('multiModelOpenAiApi'));
	await Promise.all([connect('openai', ''), connect('openai', ''), connect('openai', '')]);
	expect(source.asked).toEqual(['multiModelOpenAiApi']);
});

test('says which credential is missing without asking n8n for it', async () => {
	const source = sourceOf({ apiKey: SECRET });
	const connect = connector(source, nodeWith('multiModelOpenAiApi'));
	expect(await connect('anthropic', '')).toEqual({
		ok: false,
		reason: 'no Anthropic credential is selected',
	});
	expect(source.asked).toEqual([]);
});

test('the identity tells apart credentials, addresses and keys, and is no secret', async () => {
	const one = await openai({ apiKey: SECRET });
	const again = await openai({ apiKey: SECRET });
	const otherKey = await openai({ apiKey: 'sk-other' });
	const otherAddress = await openai({ apiKey: SECRET, baseUrl: 'https://proxy.example/v1' });
	expect(again.identity).toBe(one.identity);
	expect(new Set([one.identity, otherKey.identity, otherAddress.identity]).size).toBe(3);
	expect(JSON.stringify(one)).not.toContain(SECRET);
});

test('the identity tells apart organisations and projects', async () => {
	const accounts: ICredentialDataDecryptedObject[] = [
		{},
		{ organizationId: 'a' },
		{ organizationId: 'b' },
		{ projectId: 'a' },
	];
	const identities = await Promise.all(
		accounts.map(async (account) => (await openai({ ...account, apiKey: SECRET })).identity),
	);
	expect(new Set(identities).size).toBe(4);
});

test.each([
	['API Key', { apiKey: 'sk-se…cret' }, 'the character U+2026 after 5 characters'],
	['API Key', { apiKey: 'sk-se\u200bcret' }, 'the character U+200B after 5 characters'],
	['API Key', { apiKey: 'sk-se\0cret' }, 'the character U+0000 after 5 characters'],
	['API Key', { apiKey: 'sk-se\nsk-cret' }, 'a line break after 5 characters'],
	[
		'Additional API Keys',
		{ apiKey: SECRET, additionalApiKeys: 'sk-2, sk-seé' },
		'the character U+00E9 after 5 characters',
	],
	[
		'Organization ID',
		{ apiKey: SECRET, organizationId: 'org-se…' },
		'the character U+2026 after 6 characters',
	],
	[
		'Project ID',
		{ apiKey: SECRET, projectId: 'prose\u{1f600}' },
		'the character U+1F600 after 5 characters',
	],
])(
	'refuses a stray character in %s of %j and does not show the value',
	async (field, data, what) => {
		const connecting = openai(data);
		await expect(connecting).rejects.toThrow(InvalidPlanError);
		await expect(connecting).rejects.toMatchObject({
			message: `${field} in the OpenAI credential "Mine" holds ${what}, which cannot be sent`,
			advice: expect.stringContaining('Open the credential'),
		});
	},
);

test.each([
	['ftp://example.com', 'got "ftp://example.com"'],
	['api.openai.com/v1', 'got "api.openai.com/v1"'],
	['https://me:pass@example.com/v1', 'got "…@example.com/v1"'],
	['http:/user:hunter2@h', 'got "…@h"'],
	['user:hunter2@h', 'got "…@h"'],
	['https://u:hunt/er2@h', 'got "…@h"'],
	['http:\\\\u:hunter2@h', 'got "…@h"'],
	['https://u:p@ss@h/v1?key=secret', 'got "…@h/v1"'],
	['https://u:p?ss@h/v1', 'got "…"'],
	['https://example.com/v1?key=secret', 'got "https://example.com/v1"'],
])('refuses the address %s before any call', async (baseUrl, message) => {
	const connecting = openai({ apiKey: SECRET, baseUrl });
	await expect(connecting).rejects.toThrow(InvalidPlanError);
	await expect(connecting).rejects.toThrow(
		`Base URL in the OpenAI credential "Mine" must be an http or https address, ${message}`,
	);
});

test('refuses a credential without a key where the vendor needs one', async () => {
	await expect(openai({ apiKey: '  ' })).rejects.toThrow(
		'The OpenAI credential "Mine" holds no API key',
	);
});

test('lets a compatible server do without a key', async () => {
	const connect = connector(
		sourceOf({ apiKey: '', baseUrl: 'https://llm.example/v1' }),
		nodeWith('multiModelOpenAiCompatibleApi'),
	);
	expect(await connect('openaiCompatible', '')).toMatchObject({
		ok: true,
		connection: { keys: [], baseUrl: 'https://llm.example/v1' },
	});
});

test('tells why a credential cannot be read', async () => {
	const getCredentials = async () => await Promise.reject(new Error('it was deleted'));
	const connect = connector({ getCredentials }, nodeWith('multiModelOpenAiApi'));
	await expect(connect('openai', '')).rejects.toThrow(
		'The OpenAI credential "Mine" cannot be read: it was deleted',
	);
});

describe('a local server', () => {
	const connect = connector(sourceOf({}), nodeWith());

	test.each([
		['http://localhost:11434', 'http://localhost:11434/v1'],
		['http://localhost:11434/', 'http://localhost:11434/v1'],
		['http://localhost:1234/v1/', 'http://localhost:1234/v1'],
		['http://gpu.lan:8000/openai', 'http://gpu.lan:8000/openai'],
		['', 'http://localhost:11434/v1'],
	])('at "%s" is called at %s', async (given, baseUrl) => {
		expect(await connect('local', given)).toMatchObject({
			ok: true,
			connection: { baseUrl, keys: [] },
		});
	});

	test('may have another address for each item', async () => {
		const [one, other] = await Promise.all([
			connect('local', 'http://a.lan/v1'),
			connect('local', 'http://b.lan/v1'),
		]);
		expect(one.ok && other.ok && one.connection.identity !== other.connection.identity).toBe(true);
	});

	test('needs a usable address', async () => {
		await expect(connect('local', 'localhost')).rejects.toThrow(
			'Local Base URL must be an http or https address, got "localhost"',
		);
	});
});
