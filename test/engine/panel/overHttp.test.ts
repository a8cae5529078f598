/** The panel's prompts and schemas over real HTTP, against every vendor's wire format. */
import { setMaxListeners } from 'node:events';
import {
	apiKeyOf,
	debate,
	PANEL,
	type ProviderId,
	type Run,
	type VendorCandidate,
} from '../../../engine/index';
import { runtime } from '../../../nodes/shared/runtime';
import { DEFAULT_API_KEYS, startSandbox, type Sandbox } from '../../sandbox/index';
import { answersOf, panelOf, seat } from './scriptedPanel';

const VENDORS = [
	{ provider: 'openai', path: 'openai/v1', modelId: 'gpt-4o-mini' },
	{ provider: 'anthropic', path: 'anthropic/v1', modelId: 'claude-3-5-haiku-20241022' },
	{ provider: 'google', path: 'google/v1beta', modelId: 'gemini-1.5-flash' },
	{ provider: 'openaiCompatible', path: 'compatible/v1', modelId: 'mistral-large-2411' },
] as const satisfies ReadonlyArray<{ provider: ProviderId; path: string; modelId: string }>;

const KEYS: Readonly<Record<(typeof VENDORS)[number]['provider'], string | undefined>> = {
	openai: DEFAULT_API_KEYS.openai[0],
	anthropic: DEFAULT_API_KEYS.anthropic[0],
	google: DEFAULT_API_KEYS.google[0],
	openaiCompatible: DEFAULT_API_KEYS.compatible[0],
};

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
	await runtime().close();
});
beforeEach(() => sandbox.reset());

function reached({ provider, path, modelId }: (typeof VENDORS)[number]): VendorCandidate {
	const key = KEYS[provider] ?? '';
	return {
		kind: 'vendor',
		id: `${provider}/${modelId}`,
		provider,
		modelId,
		settings: {},
		limits: {},
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider,
			baseUrl: `${sandbox.url}/${path}`,
			keys: [apiKeyOf(key)],
			identity: `${provider} in the sandbox`,
		},
	};
}

function run(): Run {
	const { signal } = new AbortController();
	setMaxListeners(0, signal);
	return { runtime: runtime(), signal };
}

const QUESTION = 'What is the capital of Australia?';
const ANSWERS = answersOf({ one: 'Canberra', two: 'Sydney', three: 'Melbourne', four: 'Perth' });

test.each(VENDORS.map((vendor) => ({ vendor, provider: vendor.provider })))(
	'$provider takes the prompts of all panels, and every call is in the trail',
	async ({ vendor }) => {
		const one = () => seat([reached(vendor)]);
		const judged = await PANEL.judge(QUESTION, ANSWERS, panelOf([one()]), run());
		const ranked = await PANEL.rank(QUESTION, ANSWERS, panelOf([one(), one()]), run());
		const written = await PANEL.synthesize(QUESTION, ANSWERS, panelOf([one()]), run());
		const own = [{ model: reached(vendor).id, text: 'Perth' }, ...ANSWERS];
		const debated = await debate(QUESTION, own, panelOf([one()]), run());

		const attempts = [judged, ranked, written, debated].flatMap(({ trace }) => trace.attempts);
		expect(attempts.map(({ outcome }) => outcome)).not.toContain('invalid-request');
		expect(sandbox.calls()).toHaveLength(attempts.length);
		expect(sandbox.calls().every(({ status }) => status === 200)).toBe(true);
		expect(judged.verdicts?.[0]?.picks.every((pick) => pick !== null)).toBe(true);
		expect(written).toMatchObject({ method: 'synthesize', winner: [reached(vendor).id] });
		expect(Object.keys(written.analysis ?? {})).toEqual([
			'consensus',
			'contradictions',
			'unique',
			'blindSpots',
		]);
		expect(debated.debate?.asked).toEqual([reached(vendor).id]);
	},
);
