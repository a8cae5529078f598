import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { searchModels } from '../../../nodes/shared/modelList';
import { underTest } from './underTest';

const host = underTest();

interface Panel {
	readonly providers: unknown;
	readonly localBaseUrl?: string;
	readonly connectedModels?: number;
	/** Credential types that are selected in the node. */
	readonly selected: readonly string[];
	readonly data?: Readonly<Record<string, ICredentialDataDecryptedObject>>;
}

/** What the editor gives to a list: the node as it is in the panel. */
async function list(panel: Panel, filter?: string) {
	const { results } = await page(panel, filter);
	return results.map(({ name, value }) => ({ name, value: String(value) }));
}

async function page(
	{ selected, data, ...fields }: Panel,
	filter?: string,
	paginationToken?: string,
) {
	const parameters: Record<string, unknown> = fields;
	const panel = {
		getCurrentNodeParameter: (name: string) => parameters[name],
		getNode: () => ({
			credentials: Object.fromEntries(selected.map((type) => [type, { id: type, name: type }])),
		}),
		getCredentials: async (type: string) =>
			data?.[type] ?? host.credentials[type as keyof typeof host.credentials],
		helpers: {},
	} as unknown as ILoadOptionsFunctions;
	return await searchModels.call(panel, filter, paginationToken);
}

const OPENAI = 'multiModelOpenAiApi';
const ANTHROPIC = 'multiModelAnthropicApi';

test('lists the live models of all ticked vendors, vendor by vendor', async () => {
	const rows = await list({ providers: ['openai', 'anthropic'], selected: [OPENAI, ANTHROPIC] });
	const vendors = rows.map(({ value }) => value.split('/')[0]);
	expect([...new Set(vendors)]).toEqual(['openai', 'anthropic']);
	expect(vendors).toEqual([...vendors].sort().reverse());
	expect(rows).toContainEqual(
		expect.objectContaining({ value: 'anthropic/claude-3-5-haiku-20241022' }),
	);
	expect(rows.every(({ name }) => /^(OpenAI|Anthropic) · /.test(name))).toBe(true);
	expect(new Set(host.sandbox.calls().map(({ endpoint }) => endpoint))).toEqual(
		new Set(['models']),
	);
});

test('never looks complete, or the editor would empty rows whose model is not in it', async () => {
	const panel = { providers: ['openai'], selected: [] };
	const { paginationToken } = await page(panel);
	expect(paginationToken).toBeDefined();
	expect(await page(panel, undefined, String(paginationToken))).toEqual({ results: [] });
});

test('finds models by the words that were typed', async () => {
	const rows = await list(
		{ providers: ['openai', 'anthropic'], selected: [OPENAI, ANTHROPIC] },
		'haiku 3.5',
	);
	expect(rows.map(({ value }) => value)).toEqual(['anthropic/claude-3-5-haiku-20241022']);
});

test('says which credential is missing and still lists the others', async () => {
	const rows = await list(
		{ providers: ['openai', 'anthropic'], selected: [OPENAI] },
		'gpt-4o-mini',
	);
	expect(rows).toContainEqual({
		name: 'Anthropic: no Anthropic credential is selected',
		value: 'anthropic/',
	});
	expect(rows.some(({ value }) => value === 'openai/gpt-4o-mini-2024-07-18')).toBe(true);
});

test('says that a key was refused', async () => {
	const rows = await list({
		providers: ['openai'],
		selected: [OPENAI],
		data: { [OPENAI]: { ...host.credentials[OPENAI], apiKey: 'wrong' } },
	});
	expect(rows).toHaveLength(1);
	expect(rows[0]?.name).toMatch(/^OpenAI: no list \(.*key/i);
	expect(rows[0]?.value).toBe('openai/');
});

test('says that nothing answers at the local address', async () => {
	const rows = await list({
		providers: ['local'],
		localBaseUrl: 'http://127.0.0.1:9/v1',
		selected: [],
	});
	expect(rows).toEqual([
		{ name: expect.stringMatching(/^Local \(No Key\): no list \(/), value: 'local/' },
	]);
});

test('asks to tick a vendor first', async () => {
	expect(await list({ providers: [], selected: [] })).toEqual([
		{ name: 'Tick a Provider Above to See Its Models', value: '' },
	]);
});

test('offers the connected models for a place of their own', async () => {
	expect(await list({ providers: [], connectedModels: 2, selected: [] })).toEqual([
		{ name: 'Connected · Model 1', value: 'connected/1' },
		{ name: 'Connected · Model 2', value: 'connected/2' },
	]);
});
