/** Branches of one model each, asked by a scripted engine. */
import {
	fanOutSchema,
	type Branch,
	type BranchResult,
	type FanOutPolicy,
	type FanOutRun,
} from '../../../engine/index';
import { ask, candidate, planOf, scriptedEngine } from '../../support/scriptedEngine';

export const branch = (modelId: string, more: Partial<Branch> = {}): Branch => ({
	label: modelId.toUpperCase(),
	kind: 'text',
	request: ask(),
	plan: planOf([candidate(modelId)], {
		retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 },
	}),
	...more,
});

export const policyOf = (given: Partial<FanOutPolicy>): FanOutPolicy => fanOutSchema.parse(given);

export const statusesOf = (results: readonly BranchResult[]) => results.map(({ status }) => status);

export function started(script: Parameters<typeof scriptedEngine>[0], deadlineMs = 60_000) {
	const engine = scriptedEngine(script);
	const run: FanOutRun = {
		...engine.run,
		deadlineMs,
		seed: 'item 1',
		gate: async (work) => await work(),
	};
	return { ...engine, run };
}
