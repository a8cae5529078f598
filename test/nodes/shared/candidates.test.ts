import type { IExecuteFunctions } from 'n8n-workflow';
import {
	InvalidPlanError,
	NoEligibleCandidateError,
	type ConnectedModel,
	type Connection,
} from '../../../engine/index';
import { readCandidates, type CandidateSources } from '../../../nodes/shared/candidates';
import type { ModelSlot } from '../../../nodes/shared/connectedModels';

const MODEL: ConnectedModel = {
	modelId: 'gpt',
	warnings: [],
	generate: async () => await Promise.reject(new Error('not called here')),
};
const SLOT: ModelSlot = { ok: true, model: MODEL, identity: 'x' };
const EMPTY: ModelSlot = { ok: false, reason: 'nothing is connected to the input Model 2' };

const sources = (withCredential: readonly string[], slots: ModelSlot[] = []): CandidateSources => ({
	slots,
	connect: async (provider) =>
		withCredential.includes(provider)
			? {
					ok: true,
					connection: { provider, baseUrl: '', keys: [], identity: provider } satisfies Connection,
				}
			: { ok: false, reason: `no ${provider} credential is selected` },
});

async function read(
	models: unknown[],
	providers: unknown,
	from: CandidateSources = sources(['openai', 'anthropic']),
) {
	const parameters: Record<string, unknown> = {
		candidates: {
			values: models.map((model) =>
				typeof model === 'object' ? model : { model: { __rl: true, mode: 'id', value: model } },
			),
		},
		providers,
	};
	const getNodeParameter = ((name: string) =>
		parameters[name]) as IExecuteFunctions['getNodeParameter'];
	const listed = await readCandidates({ getNodeParameter }, 0, from);
	return listed.map((one) => ('candidate' in one ? one.candidate.id : one.skip));
}

const BOTH = ['openai', 'anthropic'];

test('keeps the order of the rows', async () => {
	expect(await read(['anthropic/b', 'openai/a'], BOTH)).toEqual(['anthropic/b', 'openai/a']);
});

test('takes a plain text for a model, as an expression may give it', async () => {
	expect(await read([{ model: ' openai/org/a ' }], 'openai, anthropic')).toEqual(['openai/org/a']);
});

test.each([
	'openaiCompatible/meta-llama/Llama-3-70b',
	'openaiCompatible/llama3:8b',
	'openaiCompatible/@cf/meta/llama@2024-01.5',
	'google/tunedModels/mine-1.5',
])('takes the ID %s as it is', async (id) => {
	const from = sources(['google', 'openaiCompatible']);
	expect(await read([id], ['google', 'openaiCompatible'], from)).toEqual([id]);
});

test('skips a model without a credential while another can be asked', async () => {
	expect(await read(['openai/a', 'anthropic/b'], BOTH, sources(['anthropic']))).toEqual([
		{ model: 'openai/a', reason: 'no openai credential is selected' },
		'anthropic/b',
	]);
});

test('asks the same model once unless its settings differ', async () => {
	const row = (settings: object) => ({ model: 'openai/a', settings });
	expect(
		await read([row({}), row({ temperature: 0 }), row({}), row({ label: undefined })], BOTH).catch(
			(error: Error) => error.message,
		),
	).toContain('label');
	expect(await read([row({}), row({ temperature: 0 }), row({})], BOTH)).toEqual([
		'openai/a',
		'openai/a',
		{ model: 'openai/a', reason: 'it is listed twice with the same settings' },
	]);
});

test('puts connected models first, in the order of their numbers', async () => {
	const from = sources(['openai'], [SLOT, EMPTY, SLOT]);
	expect(await read(['openai/a'], BOTH, from)).toEqual([
		'connected/1',
		{ model: 'connected/2', reason: 'nothing is connected to the input Model 2' },
		'connected/3',
		'openai/a',
	]);
});

test('puts a connected model where a row names it', async () => {
	const from = sources(['openai'], [SLOT, SLOT]);
	expect(await read(['openai/a', 'connected/1'], BOTH, from)).toEqual([
		'connected/2',
		'openai/a',
		'connected/1',
	]);
});

test('needs no vendor when a model is connected', async () => {
	expect(await read([], [], sources([], [SLOT]))).toEqual(['connected/1']);
});

test.each([
	[[], BOTH, 'Models is empty, got no model to ask'],
	[['gpt-4o'], BOTH, 'Model 1 must be provider/model, got "gpt-4o"'],
	[['openai/a', 'openai/'], BOTH, 'Model 2 must be provider/model, got "openai/"'],
	[['/gpt'], BOTH, 'Model 1 must be provider/model, got "/gpt"'],
	[['openai/gpt 4'], BOTH, 'Model 1 must be provider/model, got "openai/gpt 4"'],
	[
		['openai/../a'],
		BOTH,
		'Model 1 cannot be asked for: its ID holds the part "..", got "openai/../a"',
	],
	[['openai/a/./b'], BOTH, 'its ID holds the part ".", got "openai/a/./b"'],
	[['openai/%2E%2e%2fa'], BOTH, 'its ID holds the part "..", got "openai/%2E%2e%2fa"'],
	[['openai//evil/a'], BOTH, 'its ID holds an empty part between slashes, got "openai//evil/a"'],
	[['openai/a/'], BOTH, 'its ID holds an empty part between slashes, got "openai/a/"'],
	[['openai/a?x=1'], BOTH, 'its ID holds the character ?, got "openai/a?x=1"'],
	[['openai/a#'], BOTH, 'its ID holds the character #, got "openai/a#"'],
	[['openai/a\\b'], BOTH, 'its ID holds the character \\, got "openai/a\\\\b"'],
	[['openai/a\0'], BOTH, 'its ID holds a character that cannot be seen, got "openai/a\\u0000"'],
	[['openai/a\u200b'], BOTH, 'its ID holds a character that cannot be seen, got "openai/a\\u200b"'],
	[[''], BOTH, 'Model 1 must be a model ID such as openai/gpt-6-luna, got ""'],
	[[{}], BOTH, 'Model 1 must be a model ID such as openai/gpt-6-luna, got nothing'],
	[['mistral/large'], BOTH, 'Model 1: the provider "mistral" is not known, got "mistral/large"'],
	[
		['google/gemini'],
		BOTH,
		'Model 1 is google/gemini, but Google Gemini is not ticked under Providers',
	],
	[['connected/1'], BOTH, 'Model 1 is connected/1, but the node has no such input'],
	[['openai/a'], ['openai', 'acme'], 'Providers: "acme" is not known'],
	[['openai/a'], 7, 'Providers must be a list, got 7'],
])('refuses %j with %j', async (models, providers, message) => {
	await expect(read(models, providers)).rejects.toThrow(InvalidPlanError);
	await expect(read(models, providers)).rejects.toThrow(message);
});

test('gives the reason of each model when nobody can be asked', async () => {
	const reading = read(['openai/a', 'anthropic/b'], BOTH, sources([]));
	await expect(reading).rejects.toThrow(NoEligibleCandidateError);
	await expect(reading).rejects.toThrow(
		'No model can be asked. openai/a: no openai credential is selected; anthropic/b: no anthropic credential is selected',
	);
	await expect(reading).rejects.toMatchObject({
		trace: { attempts: [], route: { skipped: [{ model: 'openai/a' }, { model: 'anthropic/b' }] } },
	});
});
