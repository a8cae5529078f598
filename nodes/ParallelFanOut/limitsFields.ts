import type { INodeProperties } from 'n8n-workflow';
import { fanOutLimitsSchema, type FanOutLimits } from '../../engine/index';
import { LIMITS_OPTIONS } from '../shared/fields/policies';
import type { LimitsForm } from '../shared/readPolicies';

const BRANCH_CONCURRENCY: INodeProperties = {
	displayName: 'Concurrency (Branches)',
	name: 'branchConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
	default: 50,
	description:
		'Branches that are asked at the same time, over all items. Fewer items are worked on at once where theirs would be more.',
};

const MAX_COST_PER_ITEM: INodeProperties = {
	displayName: 'Max Cost per Item (USD)',
	name: 'maxCostPerItemUsd',
	type: 'number',
	typeOptions: { minValue: 0.000001, numberPrecision: 6 },
	default: 0.1,
	description:
		'An item whose branches are estimated to cost more together is refused before its first call. Needs a price for every model.',
};

/** The group Limits with what only the fan-out has. */
export const FAN_OUT_LIMITS: LimitsForm<FanOutLimits> = {
	options: [
		BRANCH_CONCURRENCY,
		...LIMITS_OPTIONS.map((option) =>
			option.name === MAX_COST_PER_ITEM.name ? MAX_COST_PER_ITEM : option,
		),
	],
	schema: fanOutLimitsSchema,
};
