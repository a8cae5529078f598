import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { DEFAULT_CANDIDATES } from '../../../nodes/shared/defaultCandidates';
import { searchModels } from '../../../nodes/shared/modelList';
import { MODEL_PAGES } from '../../../nodes/shared/modelPages';
import { underTest } from './underTest';

const host = underTest();

interface Panel {
	readonly providers: unknown;
	readonly localBaseUrl?: string;
	readonly connectedModels?: number;
	/** Credential types that are selected in the node. */
	readonly selected: readonly string[];
	readonly data?: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** Models that the rows show: a value, or as the row keeps it. */
	readonly rows?: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** What the editor gives to a list: the node as it is in the panel. */
async function list(panel: Panel, filter?: string) {
	const found = await listed(panel, filter);
	return found.map(({ name, value }) => ({ name, value: String(value) }));
}

async function listed({ selected, data, rows = [], ...fields }: Panel, filter?: string) {
	const candidates = { values: rows.map((row) => ({ model: { __rl: true, ...row } })) };
	const parameters: Record<string, unknown> = { ...fields, candidates };
	const panel = {
		getCurrentNodeParameter: (name: string) => parameters[name],
		getCurrentNodeParameters: () => parameters,
		getNode: () => ({
			credentials: Object.fromEntries(selected.map((type) => [type, { id: type, name: type }])),
		}),
		getCredentials: async (type: string) =>
			data?.[type] ?? host.credentials[type as keyof typeof host.credentials],
		helpers: {},
	} as unknown as ILoadOptionsFunctions;
	const { results, paginationToken } = await searchModels.call(panel, filter);
	expect(paginationToken).toBeUndefined();
	return results;
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

test('finds models by the words that were typed', async () => {
	const rows = await list(
		{ providers: ['openai', 'anthropic'], selected: [OPENAI, ANTHROPIC] },
		'haiku 3.5',
	);
	expect(rows.map(({ value }) => value)).toEqual(['anthropic/claude-3-5-haiku-20241022']);
});

describe('a vendor whose list cannot be had', () => {
	const CATALOGUE = /; the models below are from the catalogue of 20\d\d-\d\d-\d\d$/;

	test('has one row that says why, and the current models of the catalogue', async () => {
		const rows = await listed({ providers: ['openai', 'anthropic'], selected: [OPENAI] });
		const anthropic = rows.filter(({ value }) => String(value).startsWith('anthropic/'));
		expect(anthropic[0]).toMatchObject({
			name: expect.stringMatching(/^Anthropic: no Anthropic credential is selected; the models/),
			value: 'anthropic/',
		});
		expect(anthropic[0]?.name).toMatch(CATALOGUE);
		expect(anthropic).toContainEqual({
			name: 'Anthropic · claude-haiku-5-5',
			value: 'anthropic/claude-haiku-5-5',
			url: expect.stringMatching(/^https:/),
			description: expect.stringMatching(/^Listed from the catalogue of 20/),
		});
		expect(anthropic.some(({ value }) => String(value).includes('claude-3'))).toBe(false);
		expect(rows.some(({ value }) => value === 'openai/gpt-4o-mini-2024-07-18')).toBe(true);
	});

	test('is listed so when its key was refused', async () => {
		const rows = await list({
			providers: ['openai'],
			selected: [OPENAI],
			data: { [OPENAI]: { ...host.credentials[OPENAI], apiKey: 'wrong' } },
		});
		expect(rows[0]?.name).toMatch(/^OpenAI: no list \(.*key/i);
		expect(rows[0]?.name).toMatch(CATALOGUE);
		expect(rows).toContainEqual({ name: 'OpenAI · gpt-6-luna', value: 'openai/gpt-6-luna' });
		expect(rows.filter(({ value }) => /deep-research/.test(value))).toEqual([]);
	});

	test('is searched by words too, and still says why', async () => {
		const rows = await list({ providers: ['google'], selected: [] }, '3.8 flash');
		expect(rows.map(({ value }) => value)).toEqual(['google/', 'google/gemini-3.8-flash']);
	});
});

describe('what the editor copies into the rows when a credential changes', () => {
	const BOTH = ['openai', 'anthropic'];
	const HAIKU = 'anthropic/claude-haiku-5-5';
	const defaults = DEFAULT_CANDIDATES.map(({ id, provider, name }) => ({
		mode: 'list',
		value: id,
		cachedResultName: name,
		cachedResultUrl: MODEL_PAGES[provider].url,
	}));

	test.each([
		{ what: 'no credential', selected: [] },
		{ what: 'one credential', selected: [OPENAI] },
		{ what: 'two credentials', selected: [OPENAI, ANTHROPIC] },
	])('is what the rows of a new node have already, with $what', async ({ selected }) => {
		const rows = await listed({ providers: BOTH, selected, rows: defaults });
		for (const { value, cachedResultName, cachedResultUrl } of defaults) {
			expect(rows).toContainEqual(
				expect.objectContaining({ value, name: cachedResultName, url: cachedResultUrl }),
			);
		}
	});

	test('is what the vendor lists for the models of a new node', async () => {
		const rows = await listed({ providers: BOTH, selected: [OPENAI, ANTHROPIC] });
		for (const { value, cachedResultName, cachedResultUrl } of defaults) {
			expect(rows).toContainEqual(
				expect.objectContaining({ value, name: cachedResultName, url: cachedResultUrl }),
			);
		}
	});

	test('is there for a model that no list holds, and for one of a vendor not ticked', async () => {
		const rows = await listed({
			providers: ['openai'],
			selected: [OPENAI],
			rows: [
				{ mode: 'list', value: 'openai/gone', cachedResultName: 'OpenAI · Gone' },
				{ mode: 'list', value: HAIKU },
				{ mode: 'id', value: 'openai/typed' },
				{ mode: 'list', value: '' },
				{ mode: 'list', value: 'openai/' },
			],
		});
		expect(rows.slice(-2)).toEqual([
			expect.objectContaining({ name: 'OpenAI · Gone', value: 'openai/gone' }),
			expect.objectContaining({ name: 'Anthropic · claude-haiku-5-5', value: HAIKU }),
		]);
		expect(rows.some(({ value }) => value === 'openai/typed')).toBe(false);
	});

	test('always has a link', async () => {
		const rows = await listed({
			providers: ['openai', 'anthropic', 'google', 'openaiCompatible', 'local'],
			localBaseUrl: 'http://127.0.0.1:9/v1',
			connectedModels: 1,
			selected: [OPENAI],
			rows: [{ mode: 'list', value: 'openai/gone', cachedResultUrl: '' }],
		});
		expect(rows.filter(({ url }) => !/^https:\/\/\S+$/.test(url ?? ''))).toEqual([]);
		expect((await listed({ providers: [], selected: [] }))[0]?.url).toMatch(/^https:/);
	});

	test('names models apart that the vendor calls alike', async () => {
		const model = (id: string, label: string) => ({ id, display_name: label, type: 'model' });
		const server = createServer((_, response) => {
			response.setHeader('content-type', 'application/json');
			const data = [
				model('claude-x', 'Claude X'),
				model('claude-x-20260101', 'Claude X'),
				model('claude-y', 'Claude Y'),
			];
			response.end(JSON.stringify({ data, has_more: false }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		try {
			const rows = await list({
				providers: ['anthropic'],
				selected: [ANTHROPIC],
				data: { [ANTHROPIC]: { apiKey: 'key', baseUrl: `http://127.0.0.1:${port}/v1` } },
			});
			expect(rows).toEqual([
				{ name: 'Anthropic · Claude Y', value: 'anthropic/claude-y' },
				{ name: 'Anthropic · Claude X (claude-x)', value: 'anthropic/claude-x' },
				{ name: 'Anthropic · Claude X (claude-x-20260101)', value: 'anthropic/claude-x-20260101' },
			]);
		} finally {
			await new Promise((resolve) => server.close(resolve));
		}
	});
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
