import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidPlanError, ROUTER_STRATEGIES, type RouterStrategy } from '../../engine/index';
import { fieldReader } from '../shared/fieldReader';
import { shown } from '../shared/shown';

/** @throws {InvalidPlanError} for a strategy that does not exist */
export function readStrategy(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): RouterStrategy {
	const given = fieldReader(context, itemIndex)('strategy') ?? 'priority';
	const strategy = ROUTER_STRATEGIES.find((one) => one === given);
	if (strategy !== undefined) return strategy;
	throw new InvalidPlanError(
		`Strategy ${shown(given)} does not exist`,
		`Choose one of ${ROUTER_STRATEGIES.join(', ')}.`,
	);
}
