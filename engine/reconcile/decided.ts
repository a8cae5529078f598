import type { AnswerIn, ReconcileMethod, ReconcileOptions } from '../spec/reconcile';
import { answerText } from './answerText';
import { ballotsOf, weightOf } from './ballots';
import type { Ballot } from './ballot';
import { extractionsFor } from './extract/choose';
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
	const open = sum(outstanding.map((voice) => weightIn({ weight: weightOf(voice, options) })));
	// Further answers may also change how all are read; the same voters must win in every way.
	const winners = extractionsFor(texts, outstanding.length, options).map(({ extract }) =>
		winnersOf(ballotsOf(answers, texts, extract, options), weightIn, open, options),
	);
	return new Set(winners).size !== 1 || winners.includes(undefined);
}

type Weigh = (voice: { readonly weight: number }) => number;

/** Who voted for the answer that so much further weight cannot overtake; `undefined`: there is none. */
function winnersOf(
	ballots: readonly Ballot[],
	weightIn: Weigh,
	open: number,
	{ normalization }: ReconcileOptions,
): string | undefined {
	// Numbers within a tolerance may be parted again by one that comes between them.
	const groups = groupBallots(ballots, 0)
		.map((group) => ({ ballots: group.ballots, weight: sum(group.ballots.map(weightIn)) }))
		.sort((a, b) => b.weight - a.weight);
	const [first, second] = groups;
	if (first === undefined) return undefined;
	const all = sum(groups.map(({ weight }) => weight));
	const rival = normalization.relativeTolerance > 0 ? all - first.weight : (second?.weight ?? 0);
	if (first.weight - rival - open <= EQUAL_SHARE * (all + open)) return undefined;
	const voters = new Set(first.ballots);
	return ballots.flatMap((ballot, index) => (voters.has(ballot) ? [index] : [])).join(' ');
}

/** The methods that are votes, and what each ballot weighs in them. */
const WEIGHT_OF: Readonly<Partial<Record<ReconcileMethod, Weigh>>> = {
	majority: () => 1,
	weighted: ({ weight }) => weight,
};
