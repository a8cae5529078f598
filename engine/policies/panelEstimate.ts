import { BudgetExceededError } from '../spec/errors';
import { sumCostUsd } from './cost';

/** What one call of a panel is expected to cost. */
export interface CallEstimate {
	/** How messages name the call: a branch's label, a judge. */
	readonly label: string;
	/** US$; absent when no price is known. */
	readonly costUsd?: number;
	/** The models whose price is not known; empty when `costUsd` is there. */
	readonly unpriced: readonly string[];
}

/** Calls that a message names one by one. */
const MAX_NAMED = 5;

/**
 * Refuses a panel that is estimated to cost more than it may, or whose cost nobody can tell.
 *
 * @throws {BudgetExceededError} with the reason for each call, the dearest first
 */
export function refuseOverBudget(calls: readonly CallEstimate[], maxCostUsd: number): void {
	const unpriced = [...new Set(calls.flatMap((call) => call.unpriced))];
	const limit = `Max Cost per Item of ${usd(maxCostUsd)}`;
	if (unpriced.length > 0) {
		throw new BudgetExceededError(
			`Whether the item keeps to ${limit} cannot be told: no price is known for ${listed(unpriced)}`,
			"Set Input Price and Output Price in the model's settings, take another model, or remove Max Cost per Item under Limits.",
		);
	}
	const totalUsd = sumCostUsd(calls.map(({ costUsd }) => costUsd)) ?? 0;
	if (totalUsd <= maxCostUsd) return;
	const each = [...calls]
		.sort((one, other) => (other.costUsd ?? 0) - (one.costUsd ?? 0))
		.map(({ label, costUsd = 0 }) => `${label} about ${usd(costUsd)}`);
	throw new BudgetExceededError(
		`No call was made: the item would cost about ${usd(totalUsd)}, more than ${limit}. ${listed(each)}`,
		'Raise Max Cost per Item under Limits, ask fewer or cheaper models, or set Max Output Tokens in their settings.',
	);
}

function listed(all: readonly string[]): string {
	const more = all.length - MAX_NAMED;
	const named = all.slice(0, MAX_NAMED).join(', ');
	return more > 0 ? `${named} and ${more} more` : named;
}

/** Two significant digits, never in exponents: an estimate is not known better. */
function usd(amountUsd: number): string {
	if (amountUsd === 0) return '$0';
	const decimals = Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(amountUsd))));
	return `$${amountUsd.toFixed(decimals).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}
