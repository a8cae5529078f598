import { mergeTraces } from '../mergeTraces';
import { EngineError, withTrace } from '../spec/errors';
import type { Panel, PanelMethod, PanelOutcome } from '../spec/panel';
import type { Plan } from '../spec/policies';
import type { AnswerIn } from '../spec/reconcile';
import type { PanelRun } from './askAll';
import { debate } from './debate';
import { checkBudget } from './estimate';
import { PANEL, PANEL_CALLS } from './panelMethods';

/** What models are asked for about the answers to one question. */
export interface PanelTask {
	readonly question: string;
	readonly answers: readonly AnswerIn[];
	/** Absent: the vote decides, after the debate. */
	readonly method?: PanelMethod;
	/** Plans of those who may answer once more where the vote is not agreed; absent: no debate. */
	readonly debaters?: readonly Plan[];
}

/**
 * A debate round where it is wanted, then the method over the answers as they are after it: one
 * outcome with the trail and the cost of both.
 *
 * @throws {EngineError} for a panel that is too dear or stopped; its trace holds every call
 */
export async function askPanel(
	{ question, answers, method, debaters }: PanelTask,
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	if (debaters === undefined) return await decideBy(method, question, answers, panel, run);
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const { maxCostUsd, ...rest } = panel;
	const debating = { ...rest, plans: debaters };
	// Both steps are one item: it is refused as a whole, before anything is paid.
	checkBudget(
		[
			...PANEL_CALLS.debate(question, answers, debating),
			...(method === undefined ? [] : PANEL_CALLS[method](question, answers, rest)),
		],
		maxCostUsd,
		startedAtMs,
	);
	const debated = await debate(question, answers, debating, run);
	if (method === undefined) return debated;

	const deadlineMs = Math.max(1, panel.deadlineMs - (clock.nowMs() - startedAtMs));
	const after = debated.debate?.answers ?? answers;
	const merged = (last: PanelOutcome['trace']) =>
		mergeTraces([debated.trace, last], last.route, clock.nowMs() - startedAtMs);
	try {
		const decided = await PANEL[method](question, after, { ...rest, deadlineMs }, run);
		return {
			...decided,
			trace: merged(decided.trace),
			...(debated.debate === undefined ? {} : { debate: debated.debate }),
		};
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		throw withTrace(error, error.trace === undefined ? debated.trace : merged(error.trace));
	}
}

async function decideBy(
	method: PanelMethod | undefined,
	question: string,
	answers: readonly AnswerIn[],
	panel: Panel,
	run: PanelRun,
): Promise<PanelOutcome> {
	// Without a method and without a debate there is nobody to ask: the caller votes by itself.
	if (method === undefined) throw new Error('A panel without a method and without a debate');
	return await PANEL[method](question, answers, panel, run);
}
