import type { Plan } from '../spec/policies';
import type { Panel, PanelOutcome, Verdict } from '../spec/panel';
import type { AnswerIn } from '../spec/reconcile';
import { askAll, type PanelReply, type PanelRun } from './askAll';
import { chooseJudges } from './chooseJudges';
import type { DistinctAnswer } from './distinctAnswers';
import { checkBudget, type EstimatedCall } from './estimate';
import { labelOf, shuffled, swapped } from './order';
import { standIn, unanimous, won, type Course } from './outcome';
import { parseVerdict } from './parse';
import { prepare, type Prepared } from './prepare';
import { judgeRequest } from './prompts';

/** A letter and a short reason. */
const VERDICT_TOKENS = 150;
const NO_VERDICT = 'No verdict of a judge survived the swap of the order';

/** One judge and one order: two calls, the second with the order swapped. */
interface Hearing {
	readonly plan: Plan;
	readonly orders: readonly [readonly number[], readonly number[]];
	readonly calls: readonly [EstimatedCall, EstimatedCall];
}

/**
 * Lets models say which answer is best. Each judge sees the answers without names, in a random
 * order and in that order swapped; only who finds the same answer best both times has a verdict.
 * Of several judges (a jury) the answer with the most verdicts wins; of equal ones that which more
 * models gave, then that which was given first, and then it is never agreed. `agreement` is the
 * share of all verdicts asked for that are for the winner; one that was not given counts against it.
 *
 * Without any verdict the fallback decides, with a warning.
 *
 * @throws {EngineError} for less than two answers, a panel that is too dear, or a stop
 */
export async function judge(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const prepared = prepare(question, answers, panel);
	const nothing: Course = {
		method: 'judge',
		...{ answers, panel },
		...{ traces: [], warnings: [], latencyMs: 0, said: {} },
	};
	const [only] = prepared.answers;
	if (only === undefined) return standIn(nothing, 'No answer has any text');
	if (prepared.answers.length === 1) return unanimous(nothing, only);

	const { plans, warnings } = judgesFor(prepared, panel);
	const hearings = hearingsOf(plans, prepared, panel);
	const calls = hearings.flatMap((hearing) => hearing.calls);
	checkBudget(calls, panel.maxCostUsd, startedAtMs);

	const whole = { purpose: 'judge', startedAtMs, deadlineMs: panel.deadlineMs } as const;
	const { replies, traces } = await askAll(calls, whole, run);
	const heard = hearings.map((hearing, index) =>
		verdictOf(hearing, prepared, replies.slice(2 * index, 2 * index + 2)),
	);
	const course: Course = {
		...nothing,
		traces,
		latencyMs: clock.nowMs() - startedAtMs,
		said: { verdicts: heard.map(({ verdict }) => verdict) },
		warnings: [
			...warnings,
			...prepared.warnings,
			...heard.flatMap(({ verdict: { judge: name, problem } }) =>
				problem === undefined ? [] : [`No verdict by ${name}: ${problem}`],
			),
		],
	};
	return decide(course, prepared, heard);
}

/** The calls that {@link judge} would make, for a forecast of their cost. */
export function judgeCalls(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
): readonly EstimatedCall[] {
	const prepared = prepare(question, answers, panel);
	if (prepared.answers.length < 2) return [];
	const { plans } = judgesFor(prepared, panel);
	return hearingsOf(plans, prepared, panel).flatMap(({ calls }) => calls);
}

function judgesFor({ answers }: Prepared, { plans }: Panel) {
	return chooseJudges(
		plans,
		answers.flatMap(({ models }) => models),
	);
}

function hearingsOf(plans: readonly Plan[], prepared: Prepared, { options }: Panel): Hearing[] {
	const places = prepared.answers.map((_, place) => place);
	return plans.flatMap((plan, judgeIndex) =>
		Array.from({ length: options.orders }, (_, orderIndex): Hearing => {
			const name = `judge ${judgeIndex + 1} order ${orderIndex + 1}`;
			const order = shuffled(places, `${prepared.code} ${name}`);
			const other = swapped(order);
			return {
				plan,
				orders: [order, other],
				calls: [callFor(order, name), callFor(other, `${name} swapped`)],
			};
			function callFor(shown: readonly number[], variant: string): EstimatedCall {
				const request = judgeRequest(prepared.show(shown));
				return { plan, request, variant, outputTokens: VERDICT_TOKENS };
			}
		}),
	);
}

interface Heard {
	readonly verdict: Verdict;
	/** The place of the answer that survived the swap. */
	readonly place?: number;
}

function verdictOf(
	{ plan, orders }: Hearing,
	prepared: Prepared,
	replies: readonly PanelReply[],
): Heard {
	const [first, second] = [0, 1].map((turn) => pickIn(orders[turn] ?? [], prepared, replies[turn]));
	const judges = [first?.by, second?.by].filter((by) => by !== undefined);
	const name = judges[0] ?? plan.candidates[0]?.id ?? 'a judge without a model';
	const modelsOf = (place: number | undefined) =>
		place === undefined ? null : (prepared.answers[place]?.models ?? null);
	const problem = problemOf(first, second);
	const survived = problem === undefined;
	return {
		verdict: {
			judge: name,
			picks: [modelsOf(first?.place), modelsOf(second?.place)],
			survived,
			reasons: [first?.reason, second?.reason].filter((reason) => reason !== undefined),
			...(problem === undefined ? {} : { problem }),
		},
		...(survived && first?.place !== undefined ? { place: first.place } : {}),
	};
}

interface Pick {
	readonly by?: string;
	readonly place?: number;
	readonly reason?: string;
	readonly problem?: string;
}

function pickIn(
	order: readonly number[],
	prepared: Prepared,
	reply: PanelReply | undefined,
): Pick | undefined {
	if (reply === undefined) return undefined;
	if (!reply.ok) return { problem: reply.problem };
	const { response, answeredBy: by } = reply.result;
	const labels = order.map((_, at) => labelOf(at));
	const parsed = parseVerdict(response, labels);
	if (!parsed.ok) return { by, problem: parsed.problem };
	return { by, place: prepared.placeOf(parsed.value, order), reason: parsed.reason };
}

function problemOf(first: Pick | undefined, second: Pick | undefined): string | undefined {
	const failed = first?.problem ?? second?.problem;
	if (failed !== undefined) return failed;
	// A judge that goes by the place can agree with another one that goes by the opposite place.
	if (first?.by !== second?.by) {
		return `${first?.by ?? ''} saw the one order and ${second?.by ?? ''} the other, so neither was tested`;
	}
	if (first?.place !== second?.place) return 'it chose another answer when the order was swapped';
	return undefined;
}

function decide(course: Course, prepared: Prepared, heard: readonly Heard[]): PanelOutcome {
	const verdicts = new Map<number, number>();
	for (const { place } of heard) {
		if (place !== undefined) verdicts.set(place, (verdicts.get(place) ?? 0) + 1);
	}
	const weightOf = (answer: DistinctAnswer) => verdicts.get(prepared.answers.indexOf(answer)) ?? 0;
	const ranked = [...prepared.answers].sort(
		(a, b) => weightOf(b) - weightOf(a) || b.models.length - a.models.length || a.index - b.index,
	);
	const [best, next] = ranked;
	if (best === undefined || weightOf(best) === 0) {
		const why = heard.length === 0 ? 'There is no judge' : NO_VERDICT;
		return standIn(course, why);
	}
	const count = weightOf(best);
	const isTie = next !== undefined && weightOf(next) === count;
	const reason = `${count} of ${heard.length} verdicts ${count === 1 ? 'is' : 'are'} for the answer of ${best.models.join(' and ')}${isTie ? ', as many as for another answer' : ''}`;
	return won(course, prepared.answers, {
		...{ answer: best, weightOf, isTie, reason },
		agreement: count / heard.length,
	});
}
