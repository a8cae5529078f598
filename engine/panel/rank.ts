import type { Panel, PanelOutcome, RankingRecord } from '../spec/panel';
import type { Plan } from '../spec/policies';
import type { AnswerIn } from '../spec/reconcile';
import { askAll, type PanelReply, type PanelRun } from './askAll';
import { bordaScores } from './borda';
import type { DistinctAnswer } from './distinctAnswers';
import { checkBudget, type EstimatedCall } from './estimate';
import { isOwn } from './maker';
import { labelOf, rotated, shuffled } from './order';
import { standIn, unanimous, won, type Course } from './outcome';
import { parseRanking } from './parse';
import { prepare, type Prepared } from './prepare';
import { rankRequest } from './prompts';

const RANKING_TOKENS = 200;
/** One ranking is one opinion, in one order that nobody swapped. */
const FEWEST_RANKINGS = 2;

/** One member with the answers that it ranks, in the order in which it sees them. */
interface Ballot {
	readonly member: string;
	readonly order: readonly number[];
	readonly call: EstimatedCall;
}

/**
 * The council: each member ranks the answers that are not its own, without names, each member in
 * another order. The highest mean Borda score wins; of equal ones the better mean rank, then that
 * which more models gave, then that which was given first, and then it is never agreed.
 * `agreement` is the share of first places: of all members that were to rank the winner, those who
 * put it first. A ranking that does not hold every letter once is left out, with a warning.
 *
 * With fewer than two rankings, or an answer that nobody ranked, the fallback decides, with a
 * warning.
 *
 * @throws {EngineError} for less than two answers, a panel that is too dear, or a stop
 */
export async function rank(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const prepared = prepare(question, answers, panel);
	const nothing: Course = {
		method: 'rank',
		...{ answers, panel },
		...{ traces: [], warnings: [], latencyMs: 0, said: {} },
	};
	const [only] = prepared.answers;
	if (only === undefined) return standIn(nothing, 'No answer has any text');
	if (prepared.answers.length === 1) return unanimous(nothing, only);

	const ballots = ballotsOf(prepared, panel.plans);
	if (ballots.length < FEWEST_RANKINGS) {
		const why = `A council needs two members with two answers each that are not their own; here ${ballots.length === 0 ? 'none has' : 'only one has'}`;
		return standIn(nothing, why);
	}
	const calls = ballots.map(({ call }) => call);
	checkBudget(calls, panel.maxCostUsd, startedAtMs);

	const whole = { purpose: 'rank', startedAtMs, deadlineMs: panel.deadlineMs } as const;
	const { replies, traces } = await askAll(calls, whole, run);
	const read = ballots.map((ballot, index) => readBallot(ballot, prepared, replies[index]));
	const course: Course = {
		...nothing,
		traces,
		latencyMs: clock.nowMs() - startedAtMs,
		said: { rankings: read.map(({ record }) => record) },
		warnings: [
			...prepared.warnings,
			...read.flatMap(({ record: { member, problem } }) =>
				problem === undefined ? [] : [`No ranking by ${member}: ${problem}`],
			),
		],
	};
	return decide(course, prepared, ballots, read);
}

/** The calls that {@link rank} would make, for a forecast of their cost. */
export function rankCalls(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
): readonly EstimatedCall[] {
	const ballots = ballotsOf(prepare(question, answers, panel), panel.plans);
	return ballots.length < FEWEST_RANKINGS ? [] : ballots.map(({ call }) => call);
}

function ballotsOf(prepared: Prepared, plans: readonly Plan[]): Ballot[] {
	const places = shuffled(
		prepared.answers.map((_, place) => place),
		`${prepared.code} council`,
	);
	return plans.flatMap((plan, index): Ballot[] => {
		const isOwnPlace = (place: number) =>
			prepared.answers[place]?.models.some((model) =>
				plan.candidates.some((candidate) => isOwn(candidate, model)),
			) ?? false;
		const order = rotated(places, index).filter((place) => !isOwnPlace(place));
		if (order.length < 2) return [];
		const call = {
			plan,
			request: rankRequest(prepared.show(order)),
			variant: `council ${index + 1}`,
			outputTokens: RANKING_TOKENS,
		};
		return [{ member: plan.candidates[0]?.id ?? `member ${index + 1}`, order, call }];
	});
}

interface ReadBallot {
	readonly record: RankingRecord;
	/** Places, best first; absent when there is no ranking that counts. */
	readonly ranking?: readonly number[];
}

function readBallot(
	{ member, order }: Ballot,
	prepared: Prepared,
	reply: PanelReply | undefined,
): ReadBallot {
	if (reply === undefined || !reply.ok) {
		return { record: { member, order: null, problem: reply?.problem ?? 'it was not asked' } };
	}
	const { response, answeredBy } = reply.result;
	const parsed = parseRanking(
		response,
		order.map((_, at) => labelOf(at)),
	);
	if (!parsed.ok) return { record: { member: answeredBy, order: null, problem: parsed.problem } };
	const ranking = parsed.value.map((label) => prepared.placeOf(label, order));
	return {
		record: {
			member: answeredBy,
			order: ranking.map((place) => prepared.answers[place]?.models ?? []),
		},
		ranking,
	};
}

function decide(
	course: Course,
	prepared: Prepared,
	ballots: readonly Ballot[],
	read: readonly ReadBallot[],
): PanelOutcome {
	const rankings = read.flatMap(({ ranking }) => (ranking === undefined ? [] : [ranking]));
	if (rankings.length < FEWEST_RANKINGS) {
		const why = `Only ${rankings.length} of ${ballots.length} members gave a ranking that counts, ${FEWEST_RANKINGS} are needed`;
		return standIn(course, why);
	}
	const scores = bordaScores(prepared.answers.length, rankings);
	const unranked = scores.find(({ score }) => score === undefined);
	if (unranked !== undefined) {
		const who = prepared.answers[unranked.place]?.models.join(' and ') ?? '';
		return standIn(course, `No ranking that counts holds the answer of ${who}`);
	}
	const scoreOf = (answer: DistinctAnswer) => scores[prepared.answers.indexOf(answer)]?.score ?? 0;
	const meanRankOf = (answer: DistinctAnswer) =>
		scores[prepared.answers.indexOf(answer)]?.meanRank ?? 0;
	const [best, next] = [...prepared.answers].sort(
		(a, b) =>
			scoreOf(b) - scoreOf(a) ||
			meanRankOf(a) - meanRankOf(b) ||
			b.models.length - a.models.length ||
			a.index - b.index,
	) as [DistinctAnswer, DistinctAnswer];
	const isTie = scoreOf(best) === scoreOf(next) && meanRankOf(best) === meanRankOf(next);
	const place = prepared.answers.indexOf(best);
	const askedAboutIt = ballots.filter(({ order }) => order.includes(place)).length;
	const firstPlaces = rankings.filter(([first]) => first === place).length;
	const reason = `${firstPlaces} of ${askedAboutIt} members that were to rank it put the answer of ${best.models.join(' and ')} first; its mean Borda score is ${scoreOf(best).toFixed(2)}${isTie ? ', and another answer has the same' : ''}`;
	return won(course, prepared.answers, {
		...{ answer: best, weightOf: scoreOf, isTie, reason },
		agreement: firstPlaces / askedAboutIt,
	});
}
