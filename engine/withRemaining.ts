import type { Plan } from './spec/policies';

/** The plan of a later step of the same item: it has what the earlier steps left of time and calls. */
export function withRemaining(plan: Plan, spentMs: number, spentAttempts: number): Plan {
	const { retry, deadlineMs } = plan;
	return {
		...plan,
		deadlineMs: Math.max(1, deadlineMs - spentMs),
		retry: { ...retry, maxAttempts: Math.max(1, retry.maxAttempts - spentAttempts) },
	};
}
