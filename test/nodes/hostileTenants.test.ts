/**
 * Tenants in one process: what one workflow or credential learns, stores, spends or is refused must
 * not reach another.
 */
import type { INodeParameters } from 'n8n-workflow';
import { runtime } from '../../nodes/shared/runtime';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../sandbox';
import { MINI, models, ROUTER, router } from './shared/underTest';
import { runNode } from '../support/runWorkflow';

const [SHARED] = DEFAULT_API_KEYS.openai;
const OTHER = 'sandbox-key-of-another-tenant';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ apiKeys: { openai: [SHARED, OTHER] } });
});
afterAll(async () => {
	await sandbox.close();
	await runtime().close();
});
beforeEach(() => {
	sandbox.reset();
	runtime().state.clear();
});

interface Tenant {
	readonly workflowId: string;
	/** Of the stored credential, and the key in it. */
	readonly credential: string;
	readonly apiKey: string;
}

const ALICE: Tenant = { workflowId: 'workflow-a', credential: 'credential-a', apiKey: SHARED };
/** Another workflow and another credential. */
const BOB: Tenant = { workflowId: 'workflow-b', credential: 'credential-b', apiKey: OTHER };
/** The same, with the very key that the other one has. */
const SAME_KEY: Tenant = { ...BOB, apiKey: SHARED };
/** Another workflow of the same owner. */
const SECOND_WORKFLOW: Tenant = { ...ALICE, workflowId: 'workflow-b' };

async function ask(
	{ workflowId, credential, apiKey }: Tenant,
	parameters: INodeParameters = {},
	prompt = 'Hello',
) {
	const run = await runNode(
		{
			type: ROUTER,
			parameters: {
				providers: ['openai'],
				candidates: models(MINI),
				prompt: '={{ $json.prompt }}',
				...parameters,
			},
			onError: 'continueRegularOutput',
			credentials: { multiModelOpenAiApi: { id: credential, name: credential } },
		},
		[{ prompt }],
		{
			nodes: { [ROUTER]: router },
			workflowId,
			credentials: { [credential]: { apiKey, baseUrl: `${sandbox.url}/openai/v1` } },
		},
	);
	const [item = {}] = (run.items.Node?.[0] ?? []).map(({ json }) => json);
	return item;
}

describe('stored answers', () => {
	test.each([
		{ name: 'another workflow and credential', tenant: BOB, scope: 'workflow' },
		{ name: 'another workflow and credential', tenant: BOB, scope: 'credential' },
		{ name: 'another credential with the same key', tenant: SAME_KEY, scope: 'workflow' },
		{ name: 'another credential with the same key', tenant: SAME_KEY, scope: 'credential' },
		{
			name: 'another workflow with the same credential',
			tenant: SECOND_WORKFLOW,
			scope: 'workflow',
		},
	])('$name gets none of them under the scope $scope', async ({ tenant, scope }) => {
		const caching = { caching: { mode: 'exact', scope } };
		expect(await ask(ALICE, caching)).toMatchObject({ cache: 'miss' });
		expect(await ask(tenant, caching)).toMatchObject({ cache: 'miss' });
		expect(sandbox.calls()).toHaveLength(2);
		expect(await ask(ALICE, caching)).toMatchObject({ cache: 'hit' });
	});

	test('calls under way are not joined either', async () => {
		sandbox.setLatency({}, 150);
		const items = await Promise.all([ALICE, BOB, SAME_KEY, SECOND_WORKFLOW].map((one) => ask(one)));
		expect(items.map(({ cache }) => cache)).toEqual(['miss', 'miss', 'miss', 'miss']);
		expect(sandbox.calls()).toHaveLength(4);
	});

	test('another workflow gets them where the builder opens the credential to all', async () => {
		const caching = { caching: { mode: 'exact', scope: 'credential' } };
		await ask(ALICE, caching);
		expect(await ask(SECOND_WORKFLOW, caching)).toMatchObject({ cache: 'hit' });
	});

	test('a workflow cannot name itself into another one', async () => {
		await ask({ ...ALICE, workflowId: 'a' }, {}, 'Hello');
		// What is glued together to a key must not be cut apart differently.
		for (const workflowId of ['a"', 'a,', 'a|', 'a\n', '']) {
			expect(await ask({ ...ALICE, workflowId })).toMatchObject({ cache: 'miss' });
		}
	});
});

describe('limits and pauses', () => {
	const limited = {
		candidates: models({ id: MINI, requestsPerMinute: 1 }),
		caching: { mode: 'off' },
		reliability: { deadlineSeconds: 1 },
	};

	test('a limit that one credential has used up does not hold another', async () => {
		expect(await ask(ALICE, limited)).toMatchObject({ model: MINI });
		expect(await ask(ALICE, limited)).toMatchObject({ error: expect.stringContaining('minute') });
		expect(await ask(BOB, limited)).toMatchObject({ model: MINI });
		expect(await ask(SAME_KEY, limited)).toMatchObject({ model: MINI });
	});

	test('a limit holds for all workflows of the credential: it is the account that has it', async () => {
		await ask(ALICE, limited);
		expect(await ask(SECOND_WORKFLOW, limited)).toMatchObject({ error: expect.any(String) });
		expect(sandbox.calls()).toHaveLength(1);
	});

	test('a pause that a vendor asked one account for is not kept by another', async () => {
		const once = { caching: { mode: 'off' }, reliability: { maxRetries: 0 } };
		sandbox.setFault({ apiKey: SHARED }, '429-seconds-60');
		expect(await ask(ALICE, once)).toMatchObject({ error: expect.any(String) });
		expect(await ask(BOB, once)).toMatchObject({ model: MINI });
	});

	test('a breaker that opened for one account is closed for another', async () => {
		const once = { caching: { mode: 'off' }, reliability: { maxRetries: 0 } };
		sandbox.setFault({ apiKey: SHARED }, '503');
		for (let turn = 0; turn < 12; turn++) await ask(ALICE, once, `Question ${turn}`);
		const { route } = (await ask(BOB, once)) as { route?: { skipped: unknown[] } };
		expect(route?.skipped).toEqual([]);
	});
});

describe('budgets', () => {
	/** Enough for one call. */
	const budgeted = {
		candidates: models({ id: MINI, inputPriceUsd: 1, outputPriceUsd: 1, maxOutputTokens: 200 }),
		caching: { mode: 'off' },
		limits: { maxCostPerDayUsd: 0.00025 },
	};

	test.each([
		{ name: 'another workflow and credential', tenant: BOB },
		{ name: 'another workflow with the same credential', tenant: SECOND_WORKFLOW },
		{
			name: 'the same workflow with another credential',
			tenant: { ...BOB, workflowId: ALICE.workflowId },
		},
	])('a day budget that is spent is not spent for $name', async ({ tenant }) => {
		let item = await ask(ALICE, budgeted);
		expect(item).toMatchObject({ model: MINI });
		for (let turn = 0; turn < 60 && item.error === undefined; turn++) {
			item = await ask(ALICE, budgeted, `Tell me a long story about the number ${turn}.`);
		}
		expect(item).toMatchObject({ error: expect.stringContaining('Max Cost per Day') });
		expect(await ask(tenant, budgeted)).toMatchObject({ model: MINI });
	});
});
