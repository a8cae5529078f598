import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { BranchResult, FanOutResult, OutputOptions } from '../../engine/index';
import { passThrough } from '../shared/passThrough';
import { plainCopy } from '../shared/plainCopy';
import type { OutputMode } from './readFanOut';

/** What stands around the answers of one input item. */
export interface ItemPlace {
	readonly input: INodeExecutionData;
	readonly itemIndex: number;
	/** The same for all answers to one input item. */
	readonly groupId: string;
}

export interface OutputItems {
	readonly items: INodeExecutionData[];
	readonly droppedKeys: readonly string[];
}

/** Keys that a run may leave unset; an input field of that name would read as this run's. */
const OPTIONAL_KEYS: Readonly<Record<OutputMode, readonly string[]>> = {
	perInput: ['warnings'],
	perAnswer: [
		'text',
		'data',
		'usage',
		'finishReason',
		'raw',
		'failure',
		'attempts',
		'skipped',
		'warnings',
	],
};

/** The output of one input item: one item with all answers, or one for each of them. */
export function toItems(
	result: FanOutResult,
	outputMode: OutputMode,
	output: OutputOptions,
	{ input, itemIndex, groupId }: ItemPlace,
): OutputItems {
	const answers = result.results.map((branch) => answerOf(branch, output));
	const own =
		outputMode === 'perInput'
			? [summaryOf(result, answers)]
			: answers.map((answer) => ({ groupId, ...answer }));
	const passed = own.map((json) =>
		output.includeInputFields
			? passThrough(input.json, json, OPTIONAL_KEYS[outputMode])
			: { json, droppedKeys: [] },
	);
	const files = output.includeInputFields && input.binary !== undefined;
	return {
		items: passed.map(({ json }) => ({
			json,
			pairedItem: { item: itemIndex },
			...(files ? { binary: input.binary } : {}),
		})),
		droppedKeys: passed[0]?.droppedKeys ?? [],
	};
}

/** What an agent gets: the answers and nothing that would only fill its context. */
export function toToolItems(
	result: FanOutResult,
	outputMode: OutputMode,
	itemIndex: number,
): INodeExecutionData[] {
	const answers = result.results.flatMap((branch) =>
		branch.status === 'ok'
			? [
					plainCopy({
						text: branch.text,
						data: branch.data,
						model: branch.model,
						costUsd: branch.costUsd ?? null,
					}),
				]
			: [],
	);
	const own = outputMode === 'perInput' ? [{ answers, costUsd: result.costUsd ?? null }] : answers;
	return own.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

function summaryOf(result: FanOutResult, answers: readonly IDataObject[]): IDataObject {
	const { succeeded, failed, costUsd = null, latencyMs, warnings } = result;
	return {
		answers: [...answers],
		succeeded,
		failed,
		costUsd,
		latencyMs,
		...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
	};
}

function answerOf(branch: BranchResult, output: OutputOptions): IDataObject {
	const { label, alias, model, status, costUsd, latencyMs, cache } = branch;
	const said =
		branch.status === 'ok'
			? {
					text: branch.text,
					data: branch.data,
					usage: branch.usage,
					finishReason: branch.finishReason,
					raw: output.includeRaw ? branch.raw : undefined,
				}
			: { failure: branch.failure };
	return plainCopy({
		label,
		alias,
		model,
		...said,
		status,
		costUsd: costUsd ?? null,
		latencyMs,
		cache,
		attempts: output.includeAttempts ? branch.attempts : undefined,
		skipped: branch.skipped.length === 0 ? undefined : branch.skipped,
		warnings: branch.warnings.length === 0 ? undefined : branch.warnings,
	});
}
