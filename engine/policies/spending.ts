/** US$ of one budget: what is spent, and what open calls may still cost. Plain data. */
export interface Spending {
	spentUsd: number;
	reservedUsd: number;
	/** The period that the sums are for, e.g. `2026-11-24` for a day; a new one starts at 0. */
	period: string;
}

export const noSpending = (period = ''): Spending => ({ spentUsd: 0, reservedUsd: 0, period });

/** The day of a moment in UTC, e.g. `2026-11-24`: what a daily budget is for. */
export const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);

/** Sums of floating-point amounts drift; a budget is not missed by less than this. */
export const ROUNDING_USD = 1e-9;

/** Whether a call of this estimated cost still fits. */
export function fitsBudget(spending: Spending, budgetUsd: number, estimateUsd: number): boolean {
	const { spentUsd, reservedUsd } = spending;
	return spentUsd + reservedUsd + estimateUsd <= budgetUsd + ROUNDING_USD;
}

/** Sets aside what a call may cost. */
export function reserveUsd(spending: Spending, estimateUsd: number): void {
	spending.reservedUsd += estimateUsd;
}

/**
 * Ends a reservation.
 *
 * @param costUsd what it cost; `undefined` when nobody says, so that the estimate counts as spent: a
 * budget must err on the side of the builder
 */
export function settleUsd(
	spending: Spending,
	estimateUsd: number,
	costUsd: number | undefined,
): void {
	spending.reservedUsd = Math.max(0, spending.reservedUsd - estimateUsd);
	spending.spentUsd += costUsd ?? estimateUsd;
}
