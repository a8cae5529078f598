import type { AnswerIn, ReconcileMethod, ReconcileOptions } from '../spec/reconcile';
import { answerText } from './answerText';
import { ballotsOf, weightOf } from './ballots';
import { settledExtractionFor } from './extract/choose';
import { groupBallots } from './groupBallots';
import { EQUAL_SHARE, sum } from './methods/vote';

/** Who was asked and has not answered yet. */
export type Outstanding = Pick<AnswerIn, 'model' | 'weight'>;

/**
 * Whether the answers in hand decide the vote: whatever the outstanding ones say, or if they say
 * nothing, the winner stays. By the extraction and the comparison of `reconcile`, so that who stops
 * asking here gets the same winner there. Only votes can be decided early; the other methods want
 * every answer.
 */
export function isDecided(
	answers: readonly AnswerIn[],
	outstanding: readonly Outstanding[],
	options: ReconcileOptions,
): boolean {
	return !couldStillChange(answers, outstanding, options);
}

/** The opposite of {@link isDecided}. */
export function couldStillChange(
	answers: readonly AnswerIn[],
	outstanding: readonly Outstanding[],
	options: ReconcileOptions,
): boolean {
	if (outstanding.length === 0) return false;
	const weightIn = WEIGHT_OF[options.method];
	if (weightIn === undefined || answers.length === 0) return true;
	const texts = answers.map(({ text }) => answerText(text));
	const settled = settledExtractionFor(texts, outstanding.length, options);
	if (settled === undefined) return true;

	const ballots = ballotsOf(answers, texts, settled.extract, options);
	// Numbers within a tolerance may be parted again by one that comes between them.
	const groups = groupBallots(ballots, 0)
		.map((group) => sum(group.ballots.map(weightIn)))
		.sort((a, b) => b - a);
	const [first = 0, second = 0] = groups;
	const all = sum(groups);
	const rival = options.normalization.relativeTolerance > 0 ? all - first : second;
	const open = sum(outstanding.map((voice) => weightIn({ weight: weightOf(voice, options) })));
	return first - rival - open <= EQUAL_SHARE * (all + open);
}

/** The methods that are votes, and what each ballot weighs in them. */
const WEIGHT_OF: Readonly<
	Partial<Record<ReconcileMethod, (voice: { readonly weight: number }) => number>>
> = { majority: () => 1, weighted: ({ weight }) => weight };
