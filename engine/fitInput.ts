import { breather } from './breather';
import { candidateKey } from './candidateKey';
import { cancelled } from './explain';
import { estimateRequestTokens } from './policies/estimateTokens';
import { type Cut, type CutOptions, cutRequestSteps } from './prompt/cutRequest';
import { inSteps } from './prompt/steps';
import type { Run } from './runtime';
import type { ChatRequest } from './spec/chat';
import { EngineError, InvalidPlanError, NoEligibleCandidateError } from './spec/errors';
import type { Plan } from './spec/policies';
import { survey, type Survey, type TooLong } from './survey';

/** A request as it is sent, and who can take it. */
export interface FittedInput extends Survey {
	readonly request: ChatRequest;
	/** What was cut, in sentences. */
	readonly warnings: readonly string[];
}

/**
 * Looks for those who can take the request. It is cut only to `maxInputTokens`, and where nobody
 * can take it whole: then to the largest window there is.
 *
 * @throws {InvalidPlanError} when it is longer than allowed and may not be cut
 * @throws {NoEligibleCandidateError} when it is too long for every model
 */
export async function fitInput(plan: Plan, request: ChatRequest, run: Run): Promise<FittedInput> {
	const { clock, state } = run.runtime;
	const breathe = breather(clock, run.signal);
	const cut = async (options: CutOptions) => {
		try {
			return await inSteps(cutRequestSteps(asked, options), breathe);
		} catch (error) {
			throw run.signal.aborted && !(error instanceof EngineError) ? cancelled() : error;
		}
	};
	const warnings: string[] = [];
	let asked = request;

	const { maxInputTokens, overflow = 'error', windowOverflow = overflow } = plan.input ?? {};
	if (maxInputTokens !== undefined) {
		const factor = Math.max(
			...plan.candidates.map((candidate) => state.signals.tokenFactor(candidateKey(candidate))),
		);
		const tokens = estimateRequestTokens(request, factor);
		if (tokens > maxInputTokens) {
			if (overflow === 'error') throw tooLongInput(tokens, maxInputTokens);
			const done = await cut({ maxTokens: maxInputTokens, overflow, factor });
			if (!('request' in done)) throw uncuttable(done.uncutTokens, maxInputTokens);
			warnings.push(warning(done, overflow, `Max Input Tokens is ${shown(maxInputTokens)}`));
			asked = done.request;
		}
	}

	const whole = survey(plan, asked, state, clock.nowMs());
	const [first] = whole.tooLong;
	if (whole.contenders.length > 0 || first === undefined) {
		return { ...whole, request: asked, warnings };
	}
	const largest = whole.tooLong.reduce(
		(best, one) => (roomOf(one) > roomOf(best) ? one : best),
		first,
	);
	if (windowOverflow === 'error') throw nobodyTakesIt(plan, whole, 'whole');
	const { roomTokens, factor } = largest;
	const done = await cut({ maxTokens: roomTokens, overflow: windowOverflow, factor });
	if (!('request' in done)) throw nobodyTakesIt(plan, whole, 'cut');
	const reason = `${largest.candidate.id} takes about ${shown(roomTokens)} tokens and no listed model more`;
	warnings.push(warning(done, windowOverflow, reason));
	const fitted = survey(plan, done.request, state, clock.nowMs());
	return { ...fitted, request: done.request, warnings };
}

/** In the estimate's own measure, so that models with different tokenizers can be compared. */
function roomOf({ roomTokens, factor }: TooLong): number {
	return roomTokens / factor;
}

function warning({ what, beforeTokens, afterTokens }: Cut, overflow: string, why: string): string {
	return `The ${what} was cut from about ${shown(beforeTokens)} to ${shown(afterTokens)} tokens (${overflow}), because ${why}`;
}

function tooLongInput(tokens: number, maxInputTokens: number): EngineError {
	return new InvalidPlanError(
		`The input has about ${shown(tokens)} tokens, Max Input Tokens allows ${shown(maxInputTokens)}`,
		'Shorten the prompt, raise Max Input Tokens under Preprocessing, or set Overflow there to cut it. The Router can also ask over the parts of a text: see Long Document.',
	);
}

function uncuttable(uncutTokens: number, maxInputTokens: number): EngineError {
	return new InvalidPlanError(
		`The input cannot be cut to ${shown(maxInputTokens)} tokens (Max Input Tokens): about ${shown(uncutTokens)} are instructions, history, examples or files, which are never cut`,
		'Shorten those, or raise Max Input Tokens under Preprocessing.',
	);
}

function nobodyTakesIt(plan: Plan, { skipped }: Survey, how: 'whole' | 'cut'): EngineError {
	const reasons = skipped.map(({ model, reason }) => `${model}: ${reason}`).join('; ');
	return new NoEligibleCandidateError(
		`No model could be asked. ${reasons}`,
		how === 'whole'
			? 'Add a model with a larger context window, or set Overflow under Preprocessing to cut the input. The Router can also ask over the parts of a text: see Long Document.'
			: 'Add a model with a larger context window, or shorten the instructions, the history, the examples or the files: those are never cut.',
		{
			attempts: [],
			route: { strategy: plan.strategy, reason: 'the input is too long for every model', skipped },
			cache: plan.cache.mode === 'off' ? 'off' : 'miss',
			latencyMs: 0,
			costUsd: 0,
			warnings: [],
		},
	);
}

function shown(tokens: number): string {
	return tokens.toLocaleString('en-US');
}
