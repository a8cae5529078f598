import { setMaxListeners } from 'node:events';
import {
	apiKeyOf,
	type ProviderId,
	type Run,
	type Trace,
	type VendorCandidate,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../sandbox/index';

/** One model of each vendor that has a dialect of its own. */
export const VENDORS = [
	{ provider: 'openai', path: 'openai/v1', model: 'gpt-4o-mini', key: DEFAULT_API_KEYS.openai[0] },
	{
		provider: 'anthropic',
		path: 'anthropic/v1',
		model: 'claude-3-5-haiku-20241022',
		key: DEFAULT_API_KEYS.anthropic[0],
	},
	{
		provider: 'google',
		path: 'google/v1beta',
		model: 'gemini-1.5-flash',
		key: DEFAULT_API_KEYS.google[0],
	},
	{
		provider: 'openaiCompatible',
		path: 'compatible/v1',
		model: 'mistral-large-2411',
		key: DEFAULT_API_KEYS.compatible[0],
	},
] as const satisfies ReadonlyArray<{
	provider: ProviderId;
	path: string;
	model: string;
	key: string;
}>;

export type VendorCase = (typeof VENDORS)[number];

/** A sandbox for the tests of a file, and the engine on it: real HTTP, fresh state for each test. */
export function startSandboxForEngine() {
	let sandbox: Sandbox | undefined;
	const started = (): Sandbox => {
		if (sandbox === undefined) throw new Error('The sandbox runs within tests only');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => {
		await runtime().close();
		await sandbox?.close();
	});
	beforeEach(() => {
		started().reset();
		runtime().state.clear();
	});

	/** The vendors' side notices a moment later that nobody listens any more. */
	async function settled(): Promise<void> {
		for (let turn = 0; turn < 100; turn++) {
			if (
				started()
					.calls()
					.every(({ endedAtMs }) => endedAtMs !== undefined)
			)
				return;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	return {
		get sandbox() {
			return started();
		},
		settled,
		noRetries: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
		run: (signal = new AbortController().signal): Run => {
			setMaxListeners(0, signal);
			return { runtime: runtime(), signal };
		},
		candidateOf: ({ provider, path, key }: VendorCase, modelId: string): VendorCandidate => ({
			kind: 'vendor',
			id: `${provider}/${modelId}`,
			provider,
			modelId,
			settings: {},
			limits: {},
			price: {},
			weight: 1,
			connection: {
				provider,
				baseUrl: `${started().url}/${path}`,
				keys: [apiKeyOf(key)],
				identity: `${provider} in the sandbox`,
			},
		}),
		/** The trail must be the vendors' log, call by call. */
		expectTrailToBeTheLog: async ({ attempts }: Pick<Trace, 'attempts'>): Promise<void> => {
			await settled();
			const calls = started().calls();
			const modelIds = attempts.map(({ model }) => model.slice(model.indexOf('/') + 1));
			expect(modelIds.sort()).toEqual(calls.map(({ model = '' }) => model).sort());
			for (const { model, outcome, status } of attempts) {
				const own = calls.filter((call) => `/${call.model}` === model.slice(model.indexOf('/')));
				if (status !== undefined) expect(own.map((call) => call.status)).toContain(status);
				if (outcome === 'timeout') expect(own.some(({ aborted }) => aborted)).toBe(true);
			}
		},
	};
}
