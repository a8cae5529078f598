import type { IExecuteFunctions } from 'n8n-workflow';
import {
	createGate,
	InvalidPlanError,
	panelSchema,
	sha256,
	type Candidate,
	type Panel,
	type PanelMethod,
	type PanelRun,
	type Plan,
	type SkipRecord,
} from '../../engine/index';
import { budgetsOf } from '../shared/budgets';
import { readCandidates } from '../shared/candidates';
import { connectedModels } from '../shared/connectedModels';
import type { Execution } from '../shared/execution';
import { planOf } from '../shared/planOf';
import { readOptions } from '../shared/readOptions';
import { readCallPolicies } from '../shared/readPolicies';
import { shown } from '../shared/shown';
import { skipWarnings } from '../shared/skipWarnings';
import { PANEL_OPTIONS } from './panelFields';

/** Calls of models that are open at the same time, over all questions. */
const MAX_OPEN_CALLS = 50;

/** Who decides a question, read and checked before the first call. */
export interface Panelists {
	readonly question: string;
	/** One plan for each listed model. */
	readonly members: readonly Plan[];
	/** The first listed model, with the others as its stand-ins. */
	readonly lead: Plan;
	readonly options: Panel['options'];
	readonly jury: boolean;
	readonly seed: string;
	readonly deadlineMs: number;
	readonly maxCostUsd?: number;
	readonly concurrency: number;
	readonly run: PanelRun;
	readonly warnings: readonly string[];
}

/**
 * Reads the models of the node for one question, and how they are asked.
 *
 * @param what asks for them, in messages: `Judge`, `Debate Round`
 * @throws {InvalidPlanError} when no model is listed, or a field is wrong
 */
export function panelistReader(
	context: IExecuteFunctions,
	execution: Execution,
): (itemIndex: number, what: string) => Promise<Panelists> {
	const { connect, node, executionId, workflowId, run } = execution;
	const gate = createGate();
	return async (itemIndex, what) => {
		const field = (name: string): unknown =>
			context.getNodeParameter(name, itemIndex, null) ?? undefined;
		const output = { includeInputFields: true, includeAttempts: true, includeRaw: false };
		const policies = { ...readCallPolicies(context, itemIndex), output };
		const slots = await connectedModels(context, node, itemIndex, executionId);
		requireModels(field('candidates'), slots.length, what);
		const listed = await readCandidates(context, itemIndex, { connect, slots });
		const skipped = listed.flatMap((one) => ('skip' in one ? [one.skip] : []));
		const candidates = listed.flatMap((one) => ('candidate' in one ? [one.candidate] : []));
		const plan = (some: readonly Candidate[], skips: readonly SkipRecord[] = []) =>
			planOf(some, skips, policies, workflowId);
		const { maxCostPerItemUsd, concurrency } = policies.limits;
		return {
			question: questionText(field('question')),
			members: candidates.map((candidate) => plan([candidate])),
			lead: plan(candidates, skipped),
			options: {
				...readOptions('Panel Options', field('panel'), PANEL_OPTIONS, panelSchema),
				agreementThreshold: Number(field('agreementThreshold') ?? 0.5),
			},
			jury: field('jury') === true,
			// The same from run to run, or no call would ever be answered from the cache.
			seed: sha256(`${workflowId}\n${node.id}`).slice(0, 16),
			deadlineMs: policies.reliability.deadlineSeconds * 1000,
			...(maxCostPerItemUsd === undefined ? {} : { maxCostUsd: maxCostPerItemUsd }),
			concurrency,
			run: {
				...run,
				budgets: budgetsOf(policies.limits, execution, itemIndex),
				gate: async (work, signal) => await gate(work, MAX_OPEN_CALLS, signal),
			},
			warnings: skipWarnings(skipped),
		};
	};
}

/** The plans of a method: one for each judge or member, or the one writer. */
export function plansFor(method: PanelMethod, { lead, members, jury }: Panelists): readonly Plan[] {
	if (method === 'rank') return members;
	return method === 'judge' && jury ? members : [lead];
}

function requireModels(candidates: unknown, connected: number, what: string): void {
	const { values } = (candidates ?? {}) as { readonly values?: unknown };
	if (connected > 0 || (Array.isArray(values) && values.length > 0)) return;
	throw new InvalidPlanError(
		`${what} asks models, got none under Models`,
		'Tick a provider, select its credential and add a model under Models; or choose a method that asks no model.',
	);
}

function questionText(raw: unknown): string {
	if (raw === undefined || raw === null) return '';
	if (typeof raw === 'string') return raw;
	if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
	throw new InvalidPlanError(
		`Question must be text, got ${shown(raw)}`,
		'Correct the expression of Question: pick the field that holds what was asked.',
	);
}
