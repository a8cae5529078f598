import type { Panel, PanelMethod, PanelOutcome } from '../spec/panel';
import type { AnswerIn } from '../spec/reconcile';
import type { PanelRun } from './askAll';
import { debateCalls } from './debate';
import { estimateCalls, type EstimatedCall, type PanelEstimate } from './estimate';
import { judge, judgeCalls } from './judge';
import { rank, rankCalls } from './rank';
import { synthesisCalls, synthesize } from './synthesize';

/** Turns answers into one by asking models. */
export type DecideByPanel = (
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
) => Promise<PanelOutcome>;

type CallsOf = (
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
) => readonly EstimatedCall[];

/** Every way to let models decide, by its name. */
export const PANEL: Readonly<Record<PanelMethod, DecideByPanel>> = { judge, rank, synthesize };

/** The calls of each, with the requests as they would be sent. */
export const PANEL_CALLS: Readonly<Record<PanelMethod | 'debate', CallsOf>> = {
	judge: judgeCalls,
	rank: rankCalls,
	synthesize: synthesisCalls,
	debate: debateCalls,
};

/**
 * What deciding between these answers will cost, with the requests as they would be sent. Calls
 * nobody.
 *
 * @throws {InvalidPlanError} for less than two answers
 */
export function estimatePanelUsd(
	method: PanelMethod | 'debate',
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	nowMs: number,
): PanelEstimate {
	return estimateCalls(PANEL_CALLS[method](question, answers, panel), nowMs);
}
