import type { INodeExecutionData } from 'n8n-workflow';
import {
	checkModels,
	sumCostUsd,
	type Candidate,
	type ModelCheck,
	type OutputOptions,
	type Plan,
	type Run,
	type SkipRecord,
} from '../../engine/index';
import type { ItemResult } from '../shared/forEachItem';
import { vendorModelIds } from '../shared/modelWarnings';
import { plainCopy } from '../shared/plainCopy';

/** What one input item lists. */
export interface ListedModels {
	readonly candidates: readonly Candidate[];
	/** Those that cannot be used. */
	readonly skipped: readonly SkipRecord[];
	readonly plan: Plan;
}

/** Checks the models that an item lists, for the item's part of the output. */
export type CheckItems = (
	listed: ListedModels,
	output: OutputOptions,
	run: Run,
	itemIndex: number,
) => Promise<ItemResult>;

/** Each model is checked once in a run, with the first item that lists it. */
export function startChecks(): CheckItems {
	const known = new Set<string>();
	const isNew = (name: string) => known.size < known.add(name).size;

	return async ({ candidates, skipped, plan }, output, run, itemIndex) => {
		const fresh = candidates.filter((candidate) => isNew(nameOf(candidate)));
		const unusable = skipped.filter(({ model, reason }) => isNew(`${model}\n${reason}`));
		const checks = [
			...(await checkModels(fresh, plan, run)),
			...unusable.map(
				({ model, reason }): ModelCheck => ({
					model,
					ok: false,
					status: 'skipped',
					latencyMs: 0,
					costUsd: 0,
					failure: reason,
					attempts: [],
				}),
			),
		];
		const working = checks.filter(({ ok }) => ok);
		return {
			items: checks.map((check) => toItem(check, output, itemIndex)),
			facts: {
				answers: working.map(() => ({ cache: 'off' as const })),
				attempts: checks.flatMap(({ attempts }) => attempts),
				costUsd: sumCostUsd(checks.map(({ costUsd }) => costUsd)),
				modelIds: vendorModelIds(fresh),
				failures: checks.length - working.length,
				warnings: [],
				droppedKeys: [],
			},
		};
	};
}

/** Not `error`: n8n would take the item for one that failed. */
function toItem(
	{ model, ok, status, latencyMs, costUsd, failure, advice, attempts }: ModelCheck,
	{ includeAttempts }: OutputOptions,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: plainCopy({
			model,
			ok,
			status,
			latencyMs,
			costUsd: costUsd ?? null,
			failure,
			message: advice,
			attempts: includeAttempts ? attempts : undefined,
		}),
		pairedItem: { item: itemIndex },
	};
}

function nameOf(candidate: Candidate): string {
	const { id, settings } = candidate;
	const identity = candidate.kind === 'vendor' ? candidate.connection.identity : candidate.identity;
	return JSON.stringify([id, identity, settings]);
}
