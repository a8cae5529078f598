import { seconds } from './attempt';
import { meantModel } from './modelNotes';
import {
	AllCandidatesFailedError,
	BudgetExceededError,
	CancelledError,
	DeadlineExceededError,
	NoEligibleCandidateError,
	type EngineError,
} from './spec/errors';
import type { FailureKind, ProviderFailure } from './spec/failures';
import type { Plan } from './spec/policies';
import type { AttemptRecord, Trace } from './spec/trace';
import type { Standing } from './standings';

/** What a builder can do about each kind of failure. */
const ADVICE: Readonly<Record<FailureKind, string>> = {
	'rate-limit':
		'Add another model as a fallback, lower Concurrency, or raise the limit with the vendor.',
	quota: "Top up the vendor's account, or add a model of another vendor.",
	overloaded: 'Add a model of another vendor as a fallback, or run again later.',
	server: 'Add a model of another vendor as a fallback, or run again later.',
	timeout: 'Raise Timeout under Reliability, ask for a shorter answer, or add a faster model.',
	network: 'Check the base URL in the credential, and that n8n can reach it.',
	authentication: 'Open the credential, enter a valid API key and press Test.',
	permission: 'Give the API key access to this model, or choose another model.',
	'invalid-request':
		'Correct what the message names in the prompt or in the settings of the model.',
	'context-length': 'Shorten the prompt, or add a model with a larger context window.',
	'content-filter': 'Reword the prompt, or add a model of another vendor as a fallback.',
	'model-not-found': 'Choose a model from the list, or check the spelling of its ID.',
	'malformed-response':
		'Check the base URL in the credential: what answers there may not be a model.',
	'empty-answer': 'Reword the prompt, or add another model as a fallback.',
	truncated: 'Raise Max Output Tokens in the settings of the model.',
	'schema-mismatch': 'Simplify the JSON schema, or add a stronger model.',
	cancelled: 'Run the workflow again.',
};

export function cancelled(trace?: Trace): EngineError {
	return new CancelledError(undefined, undefined, trace);
}

export function deadlineError(plan: Pick<Plan, 'deadlineMs'>, trace?: Trace): EngineError {
	const tried =
		trace === undefined || trace.attempts.length === 0 ? '' : `: ${tries(trace.attempts)}`;
	return new DeadlineExceededError(
		`No answer within the deadline of ${seconds(plan.deadlineMs)}${tried}`,
		`${trace === undefined ? '' : incomplete(trace)}Raise Deadline under Reliability, or add a faster model.`,
		trace,
	);
}

type EndStanding = Pick<
	Standing,
	'isOverBudget' | 'candidate' | 'heldBack' | 'pausedUntilMs' | 'spent'
>;

/**
 * The error of an item that ends without an answer.
 *
 * @param stoppedBy the failure that no other candidate may answer for; absent when all were tried
 * @param standings where each candidate stands in the end, at `nowMs`
 */
export function failureError(
	plan: Plan,
	trace: Trace,
	stoppedBy?: ProviderFailure,
	standings: readonly EndStanding[] = [],
	nowMs = 0,
): EngineError {
	const last = trace.attempts.at(-1);
	const overBudget = standings.filter(({ isOverBudget }) => isOverBudget);
	if (overBudget.length > 0) {
		const reasons = overBudget.map(
			({ candidate, heldBack = '' }) => `${candidate.id}: ${heldBack}`,
		);
		const before = last === undefined ? '' : ` Before that: ${tries(trace.attempts)}`;
		return new BudgetExceededError(
			`No budget is left for a call. ${reasons.join('; ')}.${before}`,
			'Raise the budget under Limits, add a cheaper model, or set Max Output Tokens in the settings of the models.',
			trace,
		);
	}
	if (last === undefined) {
		const reasons = trace.route.skipped
			.map(({ model, reason }) => `${model}: ${reason}`)
			.join('; ');
		return new NoEligibleCandidateError(
			`No model could be asked${reasons === '' ? '' : `. ${reasons}`}`,
			'Add a model that can take this request, with a credential for its vendor.',
			trace,
		);
	}
	const kind = stoppedBy?.kind ?? (last.outcome as FailureKind);
	const untried = plan.candidates.filter(
		({ id }) => !trace.attempts.some(({ model }) => model === id),
	);
	const why =
		stoppedBy?.shownCharacters === undefined
			? `"${kind}" is not ticked in Fall Back On`
			: 'the start of an answer was already shown';
	const spared =
		stoppedBy !== undefined && untried.length > 0
			? ` ${untried.map(({ id }) => id).join(', ')} was not asked, because ${why}.`
			: '';
	const head = plan.candidates.length === 1 ? `${last.model} gave no answer` : 'No model answered';
	return new AllCandidatesFailedError(
		`${head}: ${tries(trace.attempts)}`,
		`${incomplete(trace)}${ADVICE[kind]}${kind === 'model-not-found' ? meantText(last.model) : ''}${spared}${returns(trace, standings, nowMs)}`,
		trace,
	);
}

/** Who was asked, is pausing now, and when it could be asked again. */
function returns({ attempts }: Trace, standings: readonly EndStanding[], nowMs: number): string {
	return standings
		.filter(
			({ candidate, spent, pausedUntilMs }) =>
				!spent &&
				Number.isFinite(pausedUntilMs) &&
				pausedUntilMs > nowMs &&
				attempts.some(({ model }) => model === candidate.id),
		)
		.map(
			({ candidate, pausedUntilMs }) =>
				` ${candidate.id} may be asked again in ${seconds(pausedUntilMs - nowMs)}.`,
		)
		.join('');
}

/** For who saw the start of an answer: n8n shows its chat the advice, not the message. */
function incomplete({ attempts }: Trace): string {
	const wasShown = attempts.some(({ shownCharacters }) => shownCharacters !== undefined);
	return wasShown ? 'What was shown is not the whole answer. ' : '';
}

/** A model that the vendor does not know is most often a slip of the pen. */
function meantText(candidateId: string): string {
	const meant = meantModel(candidateId);
	return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

/** Each candidate's last failure, in order: `openai/x: overloaded, 503, 3 attempts (message)`. */
function tries(attempts: readonly AttemptRecord[]): string {
	const last = new Map(attempts.map((attempt) => [attempt.model, attempt]));
	return [...last.values()]
		.map(({ model, outcome, status, attempt, message }) => {
			const facts = [outcome, status, attempt > 1 ? `${attempt} attempts` : undefined];
			const shown = facts.filter((fact) => fact !== undefined).join(', ');
			return `${model}: ${shown}${message === undefined ? '' : ` (${message})`}`;
		})
		.join('; ');
}
