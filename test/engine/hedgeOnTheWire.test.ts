/** Hedging over real HTTP: the vendor's log says the same as the trail; one answer is ever shown. */
import { executeChat, type EngineError, type Plan, type VendorCandidate } from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { events, scriptedVendor, type ScriptedReply } from '../support/scriptedVendor';
import { ask, planOf } from '../support/scriptedEngine';

const slow = scriptedVendor();
const quick = scriptedVendor();
beforeEach(() => runtime().state.clear());
afterAll(async () => await runtime().close());

const chunk = (content: string, finish_reason: string | null = null) => ({
	id: 'c',
	object: 'chat.completion.chunk',
	created: 1,
	model: 'some-model',
	choices: [{ index: 0, delta: { content }, finish_reason }],
});
const END = events(chunk('', 'stop'), '[DONE]');
const say = (...words: readonly string[]) => words.map((word) => events(chunk(word)));

const named = (vendor: typeof slow, name: string): VendorCandidate => {
	const one = vendor.candidate('openaiCompatible');
	const connection = { ...one.connection, identity: name };
	return { ...one, id: `openaiCompatible/${name}`, connection };
};

const HEDGED: Partial<Plan> = { hedge: { afterMs: 100, atP95: false } };

async function watch(changes: Partial<Plan> = {}) {
	const shown: string[] = [];
	const plan = planOf([named(slow, 'slow'), named(quick, 'quick')], { ...HEDGED, ...changes });
	const { signal } = new AbortController();
	const onText = (piece: string) => void shown.push(piece);
	const outcome = await executeChat(ask(), plan, { runtime: runtime(), signal, onText }).then(
		(result) => ({ result, trace: result.trace }),
		(error: EngineError) => ({ error, trace: error.trace }),
	);
	// The vendor's side notices a moment later that nobody listens any more.
	await new Promise((resolve) => setTimeout(resolve, 30));
	return { ...outcome, shown: shown.join('') };
}

const outcomes = ({ trace }: Awaited<ReturnType<typeof watch>>) =>
	trace?.attempts.map(({ model, outcome }) => `${model.split('/')[1]} ${outcome}`);

test('the second model is shown while the first is silent, and nothing of the first after it', async () => {
	slow.reply({ steps: [{ pauseMs: 160 }, ...say('slow ', 'answer'), END] });
	quick.reply({ steps: [...say('quick '), { pauseMs: 150 }, ...say('answer'), END] });
	const seen = await watch();
	expect(seen.shown).toBe('quick answer');
	expect(outcomes(seen)).toEqual(['slow aborted', 'quick ok']);
	expect(slow.calls()[0]?.closedAtMs).toBeDefined();
	expect(slow.calls()).toHaveLength(1);
	expect(quick.calls()).toHaveLength(1);
});

test('the first model goes on when it is shown first; the second is given up', async () => {
	slow.reply({
		steps: [{ pauseMs: 150 }, ...say('slow '), { pauseMs: 100 }, ...say('answer'), END],
	});
	quick.reply({ steps: [{ pauseMs: 120 }, ...say('quick'), END] });
	const seen = await watch();
	expect(seen.shown).toBe('slow answer');
	expect(outcomes(seen)).toEqual(['slow ok', 'quick aborted']);
});

test('once something was shown nobody is asked beside it', async () => {
	slow.reply({ steps: [...say('slow '), { pauseMs: 250 }, ...say('answer'), END] });
	quick.reply({ steps: [...say('quick'), END] });
	const seen = await watch();
	expect(seen.shown).toBe('slow answer');
	expect(quick.calls()).toHaveLength(0);
});

test('a break after the start of the answer ends the item: the other model was given up', async () => {
	slow.reply({ steps: [{ pauseMs: 400 }, ...say('slow'), END] });
	quick.reply({ steps: [...say('quick '), { pauseMs: 50 }, 'reset!'] });
	const seen = await watch();
	expect(seen.shown).toBe('quick ');
	expect(outcomes(seen)).toEqual(['slow aborted', 'quick network']);
	expect(seen.trace?.attempts[1]).toMatchObject({ shownCharacters: 6 });
	expect('error' in seen && seen.error.advice).toContain('What was shown is not the whole answer');
});

test('who lost leaves no open connection behind', async () => {
	const whole: ScriptedReply = { steps: [...say('quick'), END] };
	slow.reply({ steps: ['hang!'] });
	quick.reply(whole);
	const before = slow.openSockets();
	const seen = await watch();
	expect(outcomes(seen)).toEqual(['slow aborted', 'quick ok']);
	expect(slow.openSockets()).toBeLessThanOrEqual(before);
});
