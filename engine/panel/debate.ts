import { sumCostUsd } from '../policies/cost';
import { EngineError, InvalidPlanError, withTrace } from '../spec/errors';
import type { DebateRecord, Panel, PanelOutcome } from '../spec/panel';
import type { AnswerIn, Reconciled } from '../spec/reconcile';
import { answerText } from '../reconcile/answerText';
import { askAll, type PanelReply, type PanelRun } from './askAll';
import { turnsOf, type Turn } from './debateTurns';
import { checkBudget, type EstimatedCall } from './estimate';
import { traceOf } from './outcome';

/**
 * One more round where the vote is not agreed: the models that disagree see the others' answers,
 * without names, answer the same question again, and the vote (the panel's `fallback`) is held
 * again. A majority keeps its answer and only the others are asked; without a majority all are.
 * A model that is not among the plans, or gives no new answer, keeps its old one, with a warning.
 * `trace.costUsd` is what the round cost.
 *
 * @throws {EngineError} without a question, for a round that is too dear, or a stop
 */
export async function debate(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const before = panel.fallback(answers);
	if (before.agreed)
		return outcome(before, [], [], `The vote was agreed, so nobody was asked again`);
	requireQuestion(question);

	const { turns, absent } = turnsOf(question, answers, before, panel);
	const calls = turns.map(({ call }) => call);
	checkBudget(calls, panel.maxCostUsd, startedAtMs);
	const whole = { purpose: 'debate', startedAtMs, deadlineMs: panel.deadlineMs } as const;
	const { replies, traces } = await askAll(calls, whole, run);

	const after = [...answers];
	const silent: string[] = [];
	for (const [at, { index, model }] of turns.entries()) {
		const reply: PanelReply | undefined = replies[at];
		const old = answers[index];
		if (old === undefined || reply === undefined) continue;
		if (reply.ok) {
			const { response } = reply.result;
			after[index] = { ...old, text: response.data ?? response.text };
		} else silent.push(`${model} keeps its answer, since it gave no new one: ${reply.problem}`);
	}
	const warnings = [...absent, ...silent];
	const { vote, changed } = voteAgain();
	const record: DebateRecord = {
		asked: turns.map(({ model }) => model),
		changed: changed.map(({ model }) => model),
		before,
		...costs(panel.spentUsd, sumCostUsd(traces.map(({ costUsd }) => costUsd))),
		answers: after,
	};
	const share = (agreement: number) => `${Math.round(agreement * 100)} %`;
	const reason = `After a debate round with ${turns.length} models, of which ${changed.length} changed their answer: agreement ${share(before.agreement)} before, ${share(vote.agreement)} after`;
	return { ...outcome(vote, traces, warnings, reason), debate: record };

	/** What was paid must be seen although the vote fails. */
	function voteAgain() {
		try {
			const isChanged = ({ index }: Turn) => {
				const [old, now] = [answers[index], after[index]];
				return old !== undefined && now !== undefined && !isSameAnswer(old, now, panel);
			};
			return { vote: panel.fallback(after), changed: turns.filter(isChanged) };
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			const latencyMs = clock.nowMs() - startedAtMs;
			const why = 'the vote after the round failed';
			throw withTrace(error, traceOf({ method: 'debate', traces, warnings, latencyMs }, why));
		}
	}

	function outcome(
		{ answer, agreement, agreed, method, winner, votes, dissent, ...more }: Reconciled,
		traces: Parameters<typeof traceOf>[0]['traces'],
		warnings: readonly string[],
		reason: string,
	): PanelOutcome {
		const latencyMs = clock.nowMs() - startedAtMs;
		const said = { answer, agreement, agreed, method, winner, votes, dissent };
		return {
			...said,
			reason,
			fallback: { ...said, ...more },
			trace: traceOf({ method: 'debate', traces, warnings, latencyMs }, reason),
		};
	}
}

/** The calls that {@link debate} would make, for a forecast of their cost. */
export function debateCalls(
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
): readonly EstimatedCall[] {
	const before = panel.fallback(answers);
	if (before.agreed) return [];
	return turnsOf(question, answers, before, panel).turns.map(({ call }) => call);
}

function costs(beforeUsd: number | undefined, roundUsd: number | undefined) {
	if (beforeUsd === undefined) return {};
	const afterUsd = sumCostUsd([beforeUsd, roundUsd]);
	return {
		costBeforeUsd: beforeUsd,
		...(afterUsd === undefined ? {} : { costAfterUsd: afterUsd }),
	};
}

/** Equal in the eyes of the vote: two of the same are always agreed. */
function isSameAnswer(one: AnswerIn, other: AnswerIn, { fallback }: Panel): boolean {
	const [a, b] = [answerText(one.text).text.trim(), answerText(other.text).text.trim()];
	if (a === b) return true;
	return fallback([one, other]).agreement === 1;
}

function requireQuestion(question: string): void {
	if (question.trim() !== '') return;
	throw new InvalidPlanError(
		'A debate round needs the question that was asked',
		'Set Question to the prompt that the models answered, for example by an expression.',
	);
}
