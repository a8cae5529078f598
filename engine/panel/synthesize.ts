import { member, type JsonValue } from '../spec/json';
import type { Analysis, Panel, PanelOutcome } from '../spec/panel';
import type { AnswerIn, Reconciled } from '../spec/reconcile';
import { askAll, type PanelRun } from './askAll';
import { checkBudget, type EstimatedCall } from './estimate';
import { labelOf, shuffled } from './order';
import { standIn, traceOf, unanimous, type Course } from './outcome';
import { prepare, type Prepared } from './prepare';
import { synthesisRequest } from './prompts';
import { standingOf } from './standing';

/** The analysis, and an answer that is short. */
const ANALYSIS_TOKENS = 500;

/**
 * One model writes one answer out of all: it is told which answers come to the same, analyses what
 * they agree on, contradict each other in, say alone and leave out, and then writes. One call;
 * `agreement`, `votes` and `dissent` are those of the fallback's vote on the given answers, since a
 * synthesis is nobody's vote; `winner` is the writer.
 *
 * Without a synthesis the fallback decides, with a warning.
 *
 * @throws {EngineError} for less than two answers, a panel that is too dear, or a stop
 */
export async function synthesize(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const prepared = prepare(question, answers, panel);
	const nothing: Course = {
		method: 'synthesize',
		...{ answers, panel },
		...{ traces: [], warnings: [], latencyMs: 0, said: {} },
	};
	const [only] = prepared.answers;
	if (only === undefined) return standIn(nothing, 'No answer has any text');
	if (prepared.answers.length === 1) return unanimous(nothing, only);

	const vote = panel.fallback(answers);
	const order = orderOf(prepared);
	const calls = callsFor(prepared, order, vote, panel);
	checkBudget(calls, panel.maxCostUsd, startedAtMs);
	const whole = { purpose: 'synthesize', startedAtMs, deadlineMs: panel.deadlineMs } as const;
	const { replies, traces } = await askAll(calls, whole, run);
	const [reply] = replies;

	const course: Course = {
		...nothing,
		traces,
		latencyMs: clock.nowMs() - startedAtMs,
		warnings: [...prepared.warnings],
	};
	if (reply === undefined) return standIn(course, 'There is no model to write the synthesis');
	if (!reply.ok) return standIn(course, `There is no synthesis: ${reply.problem}`);
	const { response, answeredBy } = reply.result;
	const text = member(response.data, 'answer');
	if (typeof text !== 'string' || text.trim() === '') {
		return standIn(course, `The synthesis of ${answeredBy} is empty`);
	}
	const labels = labelsOf(prepared, order);
	const reason = `${answeredBy} wrote it out of ${prepared.answers.length} answers; agreement is that of their vote by ${vote.method}`;
	return {
		answer: inTheirForm(text, prepared),
		agreement: vote.agreement,
		agreed: vote.agreed && vote.agreement > panel.options.agreementThreshold,
		method: 'synthesize',
		reason,
		winner: [answeredBy],
		votes: vote.votes,
		dissent: vote.dissent,
		analysis: analysisIn(member(response.data, 'analysis'), labels),
		labels,
		trace: traceOf(course, reason),
	};
}

/** The call that {@link synthesize} would make, for a forecast of its cost. */
export function synthesisCalls(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
): readonly EstimatedCall[] {
	const prepared = prepare(question, answers, panel);
	if (prepared.answers.length < 2) return [];
	return callsFor(prepared, orderOf(prepared), panel.fallback(answers), panel);
}

function orderOf({ answers, code }: Prepared): number[] {
	return shuffled(
		answers.map((_, place) => place),
		`${code} synthesis`,
	);
}

function callsFor(
	prepared: Prepared,
	order: readonly number[],
	vote: Reconciled,
	{ plans }: Panel,
): EstimatedCall[] {
	const request = synthesisRequest(prepared.show(order), standingOf(prepared.answers, order, vote));
	const outputTokens = ANALYSIS_TOKENS + prepared.longestTokens;
	return plans.slice(0, 1).map((plan) => ({ plan, request, variant: 'synthesis', outputTokens }));
}

function labelsOf({ answers }: Prepared, order: readonly number[]) {
	return Object.fromEntries(
		order.map((place, at) => [labelOf(at), answers[place]?.models ?? []] as const),
	);
}

/** Documents are merged into a document; it comes as text, since its form is not known before. */
function inTheirForm(text: string, { answers }: Prepared): JsonValue {
	if (answers.some(({ answer }) => typeof answer === 'string')) return text;
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return text;
	}
}

/** The reply fits the schema already; letters become the models behind them. */
function analysisIn(
	analysis: JsonValue | undefined,
	labels: Readonly<Record<string, readonly string[]>>,
): Analysis {
	const modelsBehind = (given: JsonValue | undefined): string[] =>
		listIn(given === undefined || Array.isArray(given) ? given : [given]).flatMap(
			(label) => (typeof label === 'string' ? labels[label] : undefined) ?? [],
		);
	return {
		consensus: textsIn(member(analysis, 'consensus')),
		contradictions: listIn(member(analysis, 'contradictions')).map((one) => ({
			point: textIn(member(one, 'point')),
			positions: listIn(member(one, 'positions')).map((position) => ({
				models: modelsBehind(member(position, 'answers')),
				claim: textIn(member(position, 'claim')),
			})),
		})),
		unique: listIn(member(analysis, 'unique')).map((one) => ({
			models: modelsBehind(member(one, 'answer')),
			point: textIn(member(one, 'point')),
		})),
		blindSpots: textsIn(member(analysis, 'blindSpots')),
	};
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
	return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function textsIn(value: JsonValue | undefined): string[] {
	return listIn(value).map(textIn);
}

function textIn(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
