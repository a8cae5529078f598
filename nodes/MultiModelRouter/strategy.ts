import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { InvalidPlanError, STRATEGIES, type Candidate, type Strategy } from '../../engine/index';
import type { Listed } from '../shared/candidates';
import { fieldReader } from '../shared/fieldReader';
import { shown } from '../shared/shown';

export const STRATEGY_FIELDS: INodeProperties[] = [
	{
		displayName: 'Strategy',
		name: 'strategy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Cheapest',
				value: 'cheapest',
				description: 'The model that costs least for this request, by its estimated tokens',
			},
			{
				name: 'Fastest',
				value: 'fastest',
				description: 'The model that has answered quickest lately, open calls counted in',
			},
			{
				name: 'Least Busy',
				value: 'leastBusy',
				description: 'The less busy of two models drawn at random',
			},
			{
				name: 'Priority',
				value: 'priority',
				description: 'Ask the models from top to bottom: the next one when one fails',
			},
			{
				name: 'Weighted',
				value: 'weighted',
				description: 'Share the requests by the weight in the settings of each model',
			},
		],
		default: 'priority',
		description: 'Which model is asked first. The others stand in for it when it fails.',
	},
	{
		displayName: 'Sticky Key',
		name: 'stickyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.customerId }}',
		description:
			'Requests with the same key always get the same model, as in an A/B test. Leave empty to draw for each request.',
		displayOptions: { show: { strategy: ['weighted'] } },
	},
];

/** A setting of a row that only the Router has. */
export const WEIGHT_FIELD: INodeProperties = {
	displayName: 'Weight',
	name: 'weight',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1,
	description: 'Share of the requests under the strategy Weighted, relative to the other models',
};

export interface RouterStrategy {
	readonly strategy: Strategy;
	readonly stickyKey?: string;
}

/** @throws {InvalidPlanError} for a strategy that does not exist */
export function readStrategy(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): RouterStrategy {
	const field = fieldReader(context, itemIndex);
	const given = field('strategy') ?? 'priority';
	const strategy = STRATEGIES.find((one) => one === given);
	if (strategy === undefined) {
		throw new InvalidPlanError(
			`Strategy ${shown(given)} does not exist`,
			`Choose one of ${STRATEGIES.join(', ')}.`,
		);
	}
	const key = strategy === 'weighted' ? String(field('stickyKey') ?? '').trim() : '';
	return { strategy, ...(key === '' ? {} : { stickyKey: key }) };
}

/**
 * The candidates with the weights of their rows.
 *
 * @throws {InvalidPlanError} for a weight that is none, or when all of them are 0
 */
export function weighted(listed: readonly Listed[]): Candidate[] {
	const candidates = listed.flatMap((one) =>
		'candidate' in one ? [{ ...one.candidate, weight: weightOf(one) }] : [],
	);
	if (candidates.every(({ weight }) => weight === 0)) {
		throw new InvalidPlanError(
			'Every model has the weight 0, so none may be asked',
			'Give at least one model under Models > Settings a Weight above 0.',
		);
	}
	return candidates;
}

function weightOf({ row }: Listed): number {
	const { weight = 1 } = (row.settings ?? {}) as { readonly weight?: unknown };
	if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) return weight;
	throw new InvalidPlanError(
		`${row.label} > Settings: Weight must be a number of at least 0, got ${shown(weight)}`,
		`Change Weight under ${row.label} > Settings, or remove it there for a weight of 1.`,
	);
}
