import { mergeTraces } from '../mergeTraces';
import { EngineError, withTrace } from '../spec/errors';
import type { Panel, PanelMethod, PanelOutcome } from '../spec/panel';
import type { AnswerIn } from '../spec/reconcile';
import type { Trace } from '../spec/trace';
import { dissentFrom, type DistinctAnswer, votesFor } from './distinctAnswers';

/** What was asked for, and what happened until now. */
export interface Course {
	readonly method: PanelMethod;
	readonly answers: readonly AnswerIn[];
	readonly panel: Panel;
	readonly traces: readonly Trace[];
	readonly warnings: readonly string[];
	readonly latencyMs: number;
	/** What the models said, for the reader. */
	readonly said: Pick<PanelOutcome, 'verdicts' | 'rankings' | 'analysis' | 'labels'>;
}

/** How the models weighed one of the answers. */
export interface Winner {
	readonly answer: DistinctAnswer;
	readonly weightOf: (answer: DistinctAnswer) => number;
	readonly agreement: number;
	readonly isTie: boolean;
	readonly reason: string;
}

/** The models chose one of the answers. */
export function won(course: Course, all: readonly DistinctAnswer[], winner: Winner): PanelOutcome {
	const { answer, weightOf, agreement, isTie, reason } = winner;
	return {
		...course.said,
		answer: answer.answer,
		winnerIndex: answer.index,
		agreement,
		agreed: !isTie && agreement > course.panel.options.agreementThreshold,
		method: course.method,
		reason,
		winner: answer.models,
		votes: votesFor(all, weightOf),
		dissent: dissentFrom(answer, course.answers),
		trace: traceOf(course, reason),
	};
}

/** There is one answer only, whoever gave it: nothing to decide, nobody was asked. */
export function unanimous(course: Course, answer: DistinctAnswer): PanelOutcome {
	const agreement = answer.models.length / course.answers.length;
	const reason = 'No model was asked, since only one answer was given, word for word';
	const weightOf = ({ models }: DistinctAnswer) => models.length;
	return won(course, [answer], { answer, weightOf, agreement, isTie: false, reason });
}

/** The models gave no decision, so the fallback decides, and the outcome says so. */
export function standIn(course: Course, why: string): PanelOutcome {
	try {
		const fallback = course.panel.fallback(course.answers);
		const { answer, agreement, agreed, method, winner, votes, dissent } = fallback;
		const reason = `${why}. Decided by ${method} instead`;
		const warnings = [reason, ...course.warnings];
		return {
			...course.said,
			...{ answer, agreement, agreed, method, reason, winner, votes, dissent, fallback },
			trace: traceOf({ ...course, warnings }, reason),
		};
	} catch (error) {
		// What was paid must be seen although nothing came of it.
		if (!(error instanceof EngineError)) throw error;
		throw withTrace(error, traceOf(course, why));
	}
}

export function traceOf(
	{
		method,
		traces,
		warnings,
		latencyMs,
	}: Pick<Course, 'traces' | 'warnings' | 'latencyMs'> & {
		readonly method: string;
	},
	reason: string,
): Trace {
	const trace = mergeTraces(traces, { strategy: method, reason }, latencyMs);
	return {
		...trace,
		...(traces.length === 0 ? { cache: 'off' as const } : {}),
		warnings: [...new Set([...warnings, ...trace.warnings])],
	};
}
