import type { IExecuteFunctions } from 'n8n-workflow';
import {
	cachingSchema,
	fanOutLimitsSchema,
	outputSchema,
	reliabilitySchema,
	type ChatRequest,
	type Connection,
} from '../../../engine/index';
import { readBranches, withRequest } from '../../../nodes/ParallelFanOut/readBranches';

const POLICIES = {
	reliability: reliabilitySchema.parse({}),
	caching: cachingSchema.parse({}),
	limits: fanOutLimitsSchema.parse({}),
	output: outputSchema.parse({}),
};

async function branches(...rows: Array<{ id: string; [setting: string]: unknown }>) {
	const parameters: Record<string, unknown> = {
		providers: ['openai', 'anthropic'],
		candidates: { values: rows.map(({ id, ...settings }) => ({ model: id, settings })) },
	};
	const getNodeParameter = ((name: string) =>
		parameters[name]) as IExecuteFunctions['getNodeParameter'];
	const connect = async (provider: Connection['provider']) => ({
		ok: true as const,
		connection: { provider, baseUrl: '', keys: [], identity: provider } satisfies Connection,
	});
	const sources = { connect, slots: [] };
	return await readBranches({ getNodeParameter }, 0, sources, POLICIES, 'workflow');
}

test('samples differ by their variant, and by their seed where one is set', async () => {
	const drafts = await branches({ id: 'openai/a', samples: 3, seed: 7, temperature: 0.7 });
	expect(drafts.map(({ label }) => label)).toEqual(['openai/a #1', 'openai/a #2', 'openai/a #3']);
	expect(drafts.map(({ plan }) => plan.cache.variant)).toEqual([undefined, 'sample 2', 'sample 3']);
	expect(drafts.map(({ plan }) => plan.candidates[0]?.settings)).toEqual(
		[7, 8, 9].map((seed) => ({ seed, temperature: 0.7 })),
	);
});

test('the settings of a row hold for its backup, except prices and words of another vendor', async () => {
	const settings = { temperature: 0.2, maxOutputTokens: 50, inputPriceUsd: 9, outputPriceUsd: 9 };
	const own = { ...settings, providerOptions: { tier: 'flex' } };
	const [one, other] = await branches(
		{ id: 'openai/a', ...own, backupModel: 'anthropic/b' },
		{ id: 'openai/c', ...own, backupModel: 'openai/d' },
	);
	const modelSettings = { temperature: 0.2, maxOutputTokens: 50 };
	expect(one?.plan.candidates[1]).toMatchObject({ id: 'anthropic/b', price: {} });
	expect(one?.plan.candidates[1]?.settings).toEqual(modelSettings);
	expect(other?.plan.candidates[1]?.settings).toEqual({
		...modelSettings,
		providerOptions: { tier: 'flex' },
	});
});

test('a model is no backup of itself', async () => {
	const [draft] = await branches({ id: 'openai/a', backupModel: 'openai/a' });
	expect(draft?.plan.candidates).toHaveLength(1);
	expect(draft?.plan.skipped).toEqual([
		{ model: 'openai/a', reason: 'as the backup of openai/a: it is the same model' },
	]);
});

test('blank texts are settings left out', async () => {
	const [draft] = await branches({
		id: 'openai/a',
		label: ' ',
		prompt: '\n',
		perspective: '',
		backupModel: '',
	});
	expect(draft).toMatchObject({ label: 'openai/a', words: {}, plan: { skipped: [] } });
});

test('samples share their request, which keeps what is the same', async () => {
	const request: ChatRequest = {
		messages: [{ role: 'user', content: 'Hello' }],
		outputFormat: 'text',
	};
	const drafts = await branches({ id: 'openai/a' }, { id: 'openai/b', prompt: 'Hi', samples: 2 });
	const [plain, first, second] = withRequest(drafts, request);
	expect(plain?.request).toBe(request);
	expect(first?.request.messages).toEqual([{ role: 'user', content: 'Hi' }]);
	expect(second?.request).toBe(first?.request);
});
