import type { Plan } from './spec/policies';
import type { Trace } from './spec/trace';

/**
 * The plan of a later step of the same item: it has what the earlier steps left of time and calls,
 * and no repair where one of them had it.
 */
export function withRemaining(plan: Plan, spentMs: number, earlier: readonly Trace[]): Plan {
	const { retry, deadlineMs } = plan;
	const attempts = earlier.flatMap((trace) => trace.attempts);
	const hasRepaired = attempts.some(({ purpose }) => purpose === 'repair');
	return {
		...plan,
		...(hasRepaired ? { jsonRepair: 'off' } : {}),
		deadlineMs: Math.max(1, deadlineMs - spentMs),
		retry: { ...retry, maxAttempts: Math.max(1, retry.maxAttempts - attempts.length) },
	};
}
