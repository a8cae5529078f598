import '../support/timed';
/** Streams that end in ways of their own, over real HTTP. */
import { executeChat, type VendorCandidate } from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { ask, failure, planOf } from '../support/scriptedEngine';
import { startSandboxForEngine, VENDORS } from './sandboxVendors';

const host = startSandboxForEngine();
const STREAMING = VENDORS.filter(({ provider }) => provider !== 'google');

async function shown(candidate: VendorCandidate) {
	const pieces: string[] = [];
	const result = await executeChat(
		ask('Tell me about tides.'),
		planOf([candidate], { attemptTimeoutMs: 8_000, retry: host.noRetries }),
		{ ...host.run(), onText: (piece) => void pieces.push(piece) },
	);
	return { result, text: pieces.join('') };
}

test.each(STREAMING)(
	'$provider: a whole answer whose stream is left open is not waited for',
	async (vendor) => {
		const whole = await shown(host.candidateOf(vendor, vendor.model));
		runtime().state.clear();
		const startedAtMs = Date.now();
		const open = await shown(host.candidateOf(vendor, `${vendor.model}--fault-no-end-open`));
		expect(Date.now() - startedAtMs).toBeLessThan(6_000);
		expect(open.text).toBe(whole.text);
		expect(open.result.response.usage).toEqual(whole.result.response.usage);
		await host.settled();
		expect(host.sandbox.calls().map(({ aborted }) => aborted)).toEqual([false, true]);
	},
);

test.each(STREAMING)('$provider: a whole answer without its end mark is whole', async (vendor) => {
	const { text, result } = await shown(host.candidateOf(vendor, `${vendor.model}--fault-no-end`));
	expect(text).toBe(result.response.text);
	expect(result.trace.attempts.map(({ outcome }) => outcome)).toEqual(['ok']);
});

test.each(STREAMING)(
	'$provider: an event that is no JSON ends the item, told so',
	async (vendor) => {
		const error = await shown(
			host.candidateOf(vendor, `${vendor.model}--fault-malformed-chunk`),
		).then(
			() => failure('cancelled'),
			(thrown: Error) => thrown,
		);
		expect(error.message).toContain('malformed-response');
	},
);
