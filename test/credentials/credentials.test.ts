import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { MultiModelAnthropicApi } from '../../credentials/MultiModelAnthropicApi.credentials';
import { MultiModelGoogleApi } from '../../credentials/MultiModelGoogleApi.credentials';
import { MultiModelOpenAiApi } from '../../credentials/MultiModelOpenAiApi.credentials';
import { MultiModelOpenAiCompatibleApi } from '../../credentials/MultiModelOpenAiCompatibleApi.credentials';

const credentialsFolder = path.resolve(__dirname, '../../credentials');

const types: readonly (readonly [string, ICredentialType])[] = [
	['multiModelOpenAiApi', new MultiModelOpenAiApi()],
	['multiModelAnthropicApi', new MultiModelAnthropicApi()],
	['multiModelGoogleApi', new MultiModelGoogleApi()],
	['multiModelOpenAiCompatibleApi', new MultiModelOpenAiCompatibleApi()],
];

const field = (type: ICredentialType, name: string): INodeProperties => {
	const found = type.properties.find((property) => property.name === name);
	if (!found) throw new Error(`${type.name} has no field ${name}`);
	return found;
};

/** Headers of a request after the credential was applied. */
const authenticated = async (
	type: ICredentialType,
	credentials: Record<string, string>,
): Promise<unknown> => {
	if (typeof type.authenticate !== 'function') throw new Error('authenticate is not a function');
	const request = { url: '/models', headers: { accept: 'application/json' } };
	const signed = await type.authenticate(credentials, request);
	expect(request.headers).toEqual({ accept: 'application/json' });
	return signed.headers;
};

const failureText = (type: ICredentialType, status: number): string | undefined => {
	// n8n shows the message of the first rule that matches the status.
	const rule = type.test?.rules?.find(
		({ type: kind, properties }) => kind === 'responseCode' && properties.value === status,
	);
	return rule?.properties.message;
};

describe.each(types)('%s', (name, type) => {
	it('has the name that the nodes ask for', () => {
		expect(type.name).toBe(name);
		expect(type.displayName).toMatch(/^Multi-Model .+ API$/);
	});

	it('hides every key in the editor', () => {
		expect(field(type, 'apiKey').typeOptions?.password).toBe(true);
		expect(field(type, 'additionalApiKeys').typeOptions).toEqual({ password: true, rows: 3 });
	});

	it('has one drawing for light and another for dark', () => {
		const { icon } = type;
		if (typeof icon !== 'object') throw new Error('no themed icon');
		const drawings = [icon.light, icon.dark].map((reference) => {
			const file = path.resolve(credentialsFolder, reference.replace(/^file:/, ''));
			expect(existsSync(file)).toBe(true);
			return readFileSync(file, 'utf8');
		});
		expect(drawings[0]).not.toBe(drawings[1]);
	});

	it('tests the key by asking for the models at its base URL', () => {
		expect(type.test?.request).toMatchObject({
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/models',
			method: 'GET',
		});
	});

	it.each([401, 403, 404, 429, 503])('says what a %i means', (status) => {
		expect(failureText(type, status)).toMatch(/^[A-Z].{30,}\.$/);
	});

	it('links to a page of the vendor', () => {
		expect(type.documentationUrl).toMatch(/^https:\/\//);
	});
});

describe('default base URLs', () => {
	it.each([
		{ type: new MultiModelOpenAiApi(), baseUrl: 'https://api.openai.com/v1' },
		{ type: new MultiModelAnthropicApi(), baseUrl: 'https://api.anthropic.com/v1' },
		{
			type: new MultiModelGoogleApi(),
			baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
		},
		{ type: new MultiModelOpenAiCompatibleApi(), baseUrl: '' },
	])('$type.name starts with "$baseUrl"', ({ type, baseUrl }) => {
		expect(field(type, 'baseUrl')).toMatchObject({ default: baseUrl, required: true });
	});
});

describe('request headers', () => {
	it('signs OpenAI requests and names the organization and the project', async () => {
		const headers = await authenticated(new MultiModelOpenAiApi(), {
			apiKey: ' test-key\n',
			organizationId: 'org-1',
			projectId: 'proj_1',
		});
		expect(headers).toEqual({
			accept: 'application/json',
			Authorization: 'Bearer test-key',
			'OpenAI-Organization': 'org-1',
			'OpenAI-Project': 'proj_1',
		});
	});

	it('leaves out the organization and the project when they are empty', async () => {
		const headers = await authenticated(new MultiModelOpenAiApi(), {
			apiKey: 'test-key',
			organizationId: '',
		});
		expect(headers).toEqual({ accept: 'application/json', Authorization: 'Bearer test-key' });
	});

	it('signs Anthropic requests with the key and the API version', async () => {
		const headers = await authenticated(new MultiModelAnthropicApi(), { apiKey: 'test-key' });
		expect(headers).toEqual({
			accept: 'application/json',
			'x-api-key': 'test-key',
			'anthropic-version': '2023-06-01',
		});
	});

	it('signs Gemini requests by header, never in the address', async () => {
		const headers = await authenticated(new MultiModelGoogleApi(), { apiKey: 'test-key' });
		expect(headers).toEqual({ accept: 'application/json', 'x-goog-api-key': 'test-key' });
	});

	it('sends no authorization to a compatible server without a key', async () => {
		const type = new MultiModelOpenAiCompatibleApi();
		expect(await authenticated(type, { apiKey: '' })).toEqual({ accept: 'application/json' });
		expect(await authenticated(type, { apiKey: 'test-key' })).toEqual({
			accept: 'application/json',
			Authorization: 'Bearer test-key',
		});
		expect(field(type, 'apiKey').required).toBeUndefined();
	});
});

describe('failure texts', () => {
	it('reads the 400 by which Google refuses a key', () => {
		expect(failureText(new MultiModelGoogleApi(), 400)).toContain('refused the key');
	});

	it('tells the owner of a server without a model list that the credential may still work', () => {
		expect(failureText(new MultiModelOpenAiCompatibleApi(), 404)).toContain('by hand');
	});
});
