import type { IExecuteFunctions } from 'n8n-workflow';
import {
	fanOutSchema,
	InvalidPlanError,
	type FanOutPolicy,
	type SkipRecord,
} from '../../engine/index';
import { fieldReader } from '../shared/fieldReader';
import { readOptions } from '../shared/readOptions';
import { shown } from '../shared/shown';
import { OWN_FIELDS } from './description';
import type { BranchDraft } from './readBranches';

export const OUTPUT_MODES = ['perInput', 'perAnswer'] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

export interface FanOutSettings {
	readonly policy: FanOutPolicy;
	readonly outputMode: OutputMode;
}

/**
 * Reads what belongs to the fan-out itself.
 *
 * @param drafts the branches, those that cannot be asked included
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readFanOut(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	drafts: readonly BranchDraft[],
): FanOutSettings {
	const field = fieldReader(context, itemIndex);
	const given = Object.keys(fanOutSchema.shape).map((name) => [name, field(name)] as const);
	const filled = Object.fromEntries(given.filter(([, value]) => value !== undefined));
	const policy = readOptions(undefined, filled, OWN_FIELDS, fanOutSchema);
	if (policy.waitFor === 'quorum') {
		requireBranches('Quorum', policy.quorum, drafts);
		if (policy.minAnswers > policy.quorum) {
			throw new InvalidPlanError(
				`Minimum Answers must be at most Quorum, which is ${policy.quorum}, got ${policy.minAnswers}`,
				'Lower Minimum Answers, or raise Quorum.',
			);
		}
	}
	requireBranches('Minimum Answers', policy.minAnswers, drafts);
	const mode = field('outputMode') ?? 'perInput';
	const outputMode = OUTPUT_MODES.find((known) => known === mode);
	if (outputMode !== undefined) return { policy, outputMode };
	throw new InvalidPlanError(
		`Output Mode must be one of ${OUTPUT_MODES.join(', ')}, got ${shown(mode)}`,
		'Choose Output Mode from its list.',
	);
}

/** So many good answers can only come from so many branches. */
function requireBranches(label: string, count: number, drafts: readonly BranchDraft[]): void {
	const usable = drafts.filter(({ plan }) => plan.candidates.length > 0).length;
	if (count <= usable) return;
	const reasons = unusable(drafts).map(({ model, reason }) => `; ${model}: ${reason}`);
	throw new InvalidPlanError(
		`${label} must be at most the number of models that can be asked, which is ${usable}, got ${count}${reasons.join('')}`,
		`Lower ${label}, or add models that can be asked.`,
	);
}

function unusable(drafts: readonly BranchDraft[]): SkipRecord[] {
	return drafts.flatMap(({ plan }) => (plan.candidates.length > 0 ? [] : plan.skipped));
}
