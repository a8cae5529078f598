import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { discardedCostUsd, type ChatResult, type OutputOptions } from '../../engine/index';
import type { ItemResult } from '../shared/forEachItem';
import { passThrough } from '../shared/passThrough';
import { plainCopy } from '../shared/plainCopy';

/** Keys that a run may leave unset; an input field of that name would read as this run's. */
const OPTIONAL_KEYS = ['data', 'discardedCostUsd', 'warnings', 'attempts', 'raw'];

/** One output item, and which fields of the input it had to drop. */
export type RoutedItem = Pick<ItemResult, 'items'> & { readonly droppedKeys: readonly string[] };

/** The output item for one answer. */
export function toItem(
	{ response, answeredBy, trace }: ChatResult,
	output: OutputOptions,
	input: INodeExecutionData,
	itemIndex: number,
): RoutedItem {
	const own: IDataObject = plainCopy({
		text: response.text,
		data: response.data,
		model: answeredBy,
		costUsd: trace.costUsd ?? null,
		discardedCostUsd: discardedCostUsd(trace.attempts, answeredBy),
		latencyMs: trace.latencyMs,
		cache: trace.cache,
		finishReason: response.finishReason,
		usage: response.usage,
		attempts: output.includeAttempts ? trace.attempts : undefined,
		route: trace.route,
		warnings: trace.warnings.length === 0 ? undefined : trace.warnings,
		raw: output.includeRaw ? response.raw : undefined,
	});
	const pairedItem = { item: itemIndex };
	if (!output.includeInputFields) return { items: [{ json: own, pairedItem }], droppedKeys: [] };
	const { json, droppedKeys } = passThrough(input.json, own, OPTIONAL_KEYS);
	const { binary } = input;
	return {
		items: [{ json, pairedItem, ...(binary === undefined ? {} : { binary }) }],
		droppedKeys,
	};
}

/** What an agent gets: the answer and nothing that would only fill its context. */
export function toToolItem(
	{ response, answeredBy, trace }: ChatResult,
	itemIndex: number,
): INodeExecutionData {
	const { text, data } = response;
	return {
		json: plainCopy({ text, data, model: answeredBy, costUsd: trace.costUsd ?? null }),
		pairedItem: { item: itemIndex },
	};
}
