/** What a vendor's rate-limit headers say is kept, over real HTTP. */
import '../support/timed';
import { executeChat, type Plan, type ProviderId, type VendorCandidate } from '../../engine/index';
import { allowanceKey } from '../../engine/candidateKey';
import { runtime } from '../../nodes/shared/runtime';
import { scriptedVendor, type ScriptedReply } from '../support/scriptedVendor';
import { ask, planOf } from '../support/scriptedEngine';

const vendor = scriptedVendor();
beforeEach(() => runtime().state.clear());
afterAll(async () => await runtime().close());

const reply = (headers: Readonly<Record<string, string>>, more: object = {}): ScriptedReply => ({
	headers: { 'content-type': 'application/json', ...headers },
	steps: [
		JSON.stringify({
			id: 'c',
			object: 'chat.completion',
			created: 1,
			model: 'some-model',
			choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
			...more,
		}),
	],
});
const emptied = (reset: string) =>
	reply({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': reset });
const FINE = reply({ 'x-ratelimit-remaining-requests': '9', 'x-ratelimit-reset-requests': '6s' });

function model(id: string, provider: ProviderId = 'openaiCompatible'): VendorCandidate {
	return { ...vendor.candidate(provider), id: `${provider}/${id}`, modelId: id };
}

const run = { runtime: runtime(), signal: new AbortController().signal };
const answer = async (plan: Plan) => await executeChat(ask(), plan, run);
const models = () => vendor.calls().map(({ body }) => body.model);

test('a model with nothing left is left alone until its reset, others answer meanwhile', async () => {
	vendor.reply(emptied('1m0s'), FINE);
	const plan = planOf([model('one'), model('two')]);
	await answer(plan);
	const { answeredBy, trace } = await answer(plan);
	expect(answeredBy).toBe('openaiCompatible/two');
	expect(models()).toEqual(['one', 'two']);
	expect(trace.route.skipped).toMatchObject([
		{
			model: 'openaiCompatible/one',
			reason: expect.stringMatching(/^cooling down for (60|59(\.\d)?) s more/) as string,
		},
	]);
});

test('a lone one is waited for', async () => {
	vendor.reply(emptied('300ms'), FINE);
	const plan = planOf([model('one')]);
	await answer(plan);
	const startedAtMs = performance.now();
	await answer(plan);
	expect(performance.now() - startedAtMs).toBeGreaterThan(250);
	expect(performance.now() - startedAtMs).toBeLessThan(1_000);
});

test('the other key of the credential answers meanwhile', async () => {
	vendor.reply(emptied('60s'), FINE);
	const one = model('one');
	const second = vendor.candidate('openaiCompatible', {}, 'another-key').connection.keys;
	const keys = [...one.connection.keys, ...second];
	const plan = planOf([{ ...one, connection: { ...one.connection, keys } }]);
	const used: Array<number | undefined> = [];
	for (let item = 0; item < 3; item++) used.push((await answer(plan)).trace.attempts[0]?.key);
	expect(used).toEqual([1, 2, 2]);
});

test('where the builder set a limit, that one counts', async () => {
	vendor.reply(emptied('60s'), FINE);
	const plan = planOf([{ ...model('one'), limits: { requestsPerMinute: 100 } }]);
	await answer(plan);
	await answer(plan);
	expect(models()).toEqual(['one', 'one']);
});

test('an answer that was asked for before the pause does not end it', async () => {
	vendor.reply({ ...FINE, steps: [{ pauseMs: 150 }, ...FINE.steps] }, emptied('60s'), FINE);
	const plan = planOf([model('one'), model('two')]);
	const early = answer(plan);
	await new Promise((resolve) => setTimeout(resolve, 50));
	await answer(plan);
	await early;
	await answer(plan);
	expect(models()).toEqual(['one', 'one', 'two']);
});

test('a wait that comes with an answer is kept', async () => {
	vendor.reply(reply({ 'retry-after': '30' }), FINE);
	const plan = planOf([model('one'), model('two')]);
	await answer(plan);
	await answer(plan);
	expect(models()).toEqual(['one', 'two']);
});

test('a refusal without a wait of its own is retried at the reset', async () => {
	const refused: ScriptedReply = { ...emptied('200ms'), status: 429, steps: ['{"error":{}}'] };
	vendor.reply(refused, FINE);
	const { trace } = await answer(planOf([model('one')]));
	expect(trace.attempts.map(({ outcome }) => outcome)).toEqual(['rate-limit', 'ok']);
	expect(trace.latencyMs).toBeGreaterThanOrEqual(200);
	expect(trace.latencyMs).toBeLessThan(450);
});

test('Anthropic: nothing left of its input tokens', async () => {
	const resetAt = new Date(Date.now() + 30_000).toISOString();
	vendor.reply(
		{
			headers: {
				'content-type': 'application/json',
				'anthropic-ratelimit-input-tokens-remaining': '0',
				'anthropic-ratelimit-input-tokens-reset': resetAt,
			},
			steps: [
				JSON.stringify({
					id: 'm',
					type: 'message',
					role: 'assistant',
					model: 'one',
					content: [{ type: 'text', text: 'ok' }],
					stop_reason: 'end_turn',
					stop_sequence: null,
					usage: { input_tokens: 1, output_tokens: 1 },
				}),
			],
		},
		FINE,
	);
	const one = model('one', 'anthropic');
	await answer(planOf([one]));
	const untilMs = runtime().state.cooldowns.untilMs(allowanceKey(one, 0));
	expect(Math.abs(untilMs - Date.parse(resetAt))).toBeLessThan(50);
});
