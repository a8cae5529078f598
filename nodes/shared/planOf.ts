import type { Candidate, Plan, ReliabilityOptions, SkipRecord } from '../../engine/index';
import type { Policies } from './readPolicies';

/** Ceilings of the random wait between two calls to the same model, in milliseconds. */
const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;

/** The engine's plan for asking these candidates under these settings. */
export function planOf(
	candidates: readonly Candidate[],
	skipped: readonly SkipRecord[],
	{ reliability, caching, limits, output, input, jsonRepair }: Policies,
	workflowId: string,
): Plan {
	return {
		strategy: 'priority',
		candidates,
		skipped,
		retry: {
			maxRetries: reliability.maxRetries,
			maxAttempts: reliability.maxAttempts,
			baseDelayMs: BASE_DELAY_MS,
			maxDelayMs: MAX_DELAY_MS,
		},
		onLimit: limits.onLimit,
		onBudget: limits.onBudget,
		fallbackOn: reliability.fallbackOn,
		attemptTimeoutMs: reliability.timeoutSeconds * 1000,
		deadlineMs: reliability.deadlineSeconds * 1000,
		...hedgeOf(reliability),
		...(reliability.recoveryWaitSeconds === undefined
			? {}
			: { recoveryWaitMs: reliability.recoveryWaitSeconds * 1000 }),
		cache: {
			mode: caching.mode,
			ttlMs: caching.ttlSeconds * 1000,
			scope: caching.scope === 'workflow' ? `workflow:${workflowId}` : '',
			refresh: caching.refresh,
		},
		...(input === undefined ? {} : { input }),
		...(jsonRepair === undefined ? {} : { jsonRepair }),
		keepRaw: output.includeRaw,
	};
}

function hedgeOf({ hedgeAfterSeconds, hedgeAtP95 }: ReliabilityOptions): Pick<Plan, 'hedge'> {
	const isTimed = hedgeAfterSeconds !== undefined && hedgeAfterSeconds > 0;
	if (!isTimed && !hedgeAtP95) return {};
	const afterMs = isTimed ? { afterMs: hedgeAfterSeconds * 1000 } : {};
	return { hedge: { ...afterMs, atP95: hedgeAtP95 } };
}
