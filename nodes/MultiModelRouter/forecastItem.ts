import type { INodeExecutionData } from 'n8n-workflow';
import type { Forecast, OutputOptions } from '../../engine/index';
import { passThrough } from '../shared/passThrough';
import { plainCopy } from '../shared/plainCopy';
import type { RoutedItem } from './toItem';

/** Keys of a real run that an input item may still have from an earlier one. */
const KEYS_OF_A_RUN = [
	'attempts',
	'cache',
	'finishReason',
	'latencyMs',
	'raw',
	'usage',
	'warnings',
];

/** The output item of a dry run: who would be asked and at what cost. Nothing was paid. */
export function toForecastItem(
	{ model, route, candidates }: Forecast,
	output: OutputOptions,
	input: INodeExecutionData,
	itemIndex: number,
): RoutedItem {
	const own = plainCopy({
		dryRun: true,
		model: model ?? null,
		costUsd: 0,
		route,
		candidates: candidates.map(({ costUsd, ...forecast }) => ({
			...forecast,
			costUsd: costUsd ?? null,
		})),
	});
	const pairedItem = { item: itemIndex };
	if (!output.includeInputFields) return { items: [{ json: own, pairedItem }], droppedKeys: [] };
	const { json, droppedKeys } = passThrough(input.json, own, KEYS_OF_A_RUN);
	const { binary } = input;
	return {
		items: [{ json, pairedItem, ...(binary === undefined ? {} : { binary }) }],
		droppedKeys,
	};
}
