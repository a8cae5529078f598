import { InvalidPlanError, type Branch, type ChatRequest } from '../../engine/index';
import type { Listed } from '../shared/candidates';
import { planOf } from '../shared/planOf';
import type { Policies } from '../shared/readPolicies';
import { shown } from '../shared/shown';

/** Settings of a row that only the fan-out has. */
export const BRANCH_SETTINGS = ['label'];

/** One listed model as a branch, still without its request. */
export type BranchDraft = Omit<Branch, 'request'>;

/** A branch for each listed model; one that cannot be asked keeps its place, with the reason. */
export function branchDrafts(
	listed: readonly Listed[],
	policies: Policies,
	workflowId: string,
): BranchDraft[] {
	return listed.map((one) => {
		const candidates = 'candidate' in one ? [one.candidate] : [];
		const skipped = 'skip' in one ? [one.skip] : [];
		return {
			label: labelOf(one) ?? one.row.id,
			kind: 'text',
			plan: planOf(candidates, skipped, policies, workflowId),
		};
	});
}

export function withRequest(drafts: readonly BranchDraft[], request: ChatRequest): Branch[] {
	return drafts.map((draft) => ({ ...draft, request }));
}

function labelOf({ row }: Listed): string | undefined {
	const settings = row.settings as { readonly label?: unknown } | undefined;
	const label = settings?.label ?? '';
	if (typeof label !== 'string') {
		throw new InvalidPlanError(
			`${row.label} > Settings: Label must be text, got ${shown(label)}`,
			`Change Label under ${row.label} > Settings, or remove it there to use the model ID.`,
		);
	}
	return label.trim() === '' ? undefined : label.trim();
}
