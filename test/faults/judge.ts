import type { Received, Scenario, Seen, Truth, Verdict } from './scenario';

export interface Judged {
	readonly verdict: Verdict;
	/** What was not kept; empty for a pass. */
	readonly why: readonly string[];
}

/** Judges one request by what its caller got and by what its vendors saw. */
export function judge(
	scenario: Scenario,
	seen: Seen,
	truths: { readonly first: Truth; readonly second: Truth },
): Judged {
	const { received, tookMs, first } = seen;
	const tooLate = tookMs > scenario.withinSeconds * 1000;
	if (received.kind === 'nothing') return { verdict: 'fail', why: [received.message] };
	if (received.kind === 'error') {
		const why = [`error: ${received.message.slice(0, 80)}`];
		if (tooLate) return { verdict: 'fail', why: [...why, after(tookMs)] };
		const broken = costs(scenario, seen);
		const passes = scenario.errorPasses && broken.length === 0 && received.shown === '';
		return passes ? { verdict: 'pass', why: [] } : { verdict: 'safe', why: [...why, ...broken] };
	}
	const untrue = untruths(received, truths);
	if (untrue.length > 0) return { verdict: 'fail', why: untrue };
	const broken = [...costs(scenario, seen), ...(tooLate ? [after(tookMs)] : [])];
	if (first.length === 0) broken.push('the first model was never asked');
	return { verdict: broken.length === 0 ? 'pass' : 'partial', why: broken };
}

/** What is wrong with an answer: it must be whole, and of the model that it names. */
function untruths(
	received: Extract<Received, { kind: 'answer' }>,
	{ first, second }: { readonly first: Truth; readonly second: Truth },
): string[] {
	const truth = [first, second].find(({ text }) => text === received.text);
	if (truth === undefined) {
		return [`no model said this: "${received.text.slice(0, 30)}…" (${received.text.length})`];
	}
	// A stream of words tells nothing else.
	if (received.model === undefined) return [];
	return [
		received.model === truth.model ? '' : `said to be by ${received.model}, was by ${truth.model}`,
		wrongCount('input', received.inputTokens, truth.inputTokens),
		wrongCount('output', received.outputTokens, truth.outputTokens),
	].filter((one) => one !== '');
}

function wrongCount(what: string, got: number | undefined, truth: number): string {
	return got === truth ? '' : `${what} tokens ${got ?? 'not told'}, the vendor counted ${truth}`;
}

/** What the faulty vendor had to bear beyond the criterion. */
function costs({ maxCalls, pauseSeconds }: Scenario, { first }: Seen): string[] {
	const [one, two] = first;
	const gapMs = (two?.startedAtMs ?? Infinity) - (one?.endedAtMs ?? 0);
	const isEarly = pauseSeconds !== undefined && gapMs < pauseSeconds * 1000;
	return [
		first.length > maxCalls ? `${first.length} calls, ${maxCalls} allowed` : '',
		isEarly ? `called again ${gapMs} ms after it asked for ${pauseSeconds} s` : '',
	].filter((what) => what !== '');
}

function after(tookMs: number): string {
	return `after ${(tookMs / 1000).toFixed(1)} s`;
}
