import { BudgetExceededError } from '../../../engine/index';
import { refuseOverBudget, type CallEstimate } from '../../../engine/policies/panelEstimate';

const call = (label: string, costUsd: number): CallEstimate => ({ label, costUsd, unpriced: [] });

function refusal(calls: readonly CallEstimate[], maxCostUsd: number): BudgetExceededError {
	try {
		refuseOverBudget(calls, maxCostUsd);
	} catch (error) {
		if (error instanceof BudgetExceededError) return error;
	}
	throw new Error('It was not refused');
}

test('lets through what costs at most as much as it may', () => {
	expect(() => refuseOverBudget([call('A', 0.02), call('B', 0.03)], 0.05)).not.toThrow();
	expect(() => refuseOverBudget([], 0.01)).not.toThrow();
});

test('refuses what costs more, with what each call costs, the dearest first', () => {
	const error = refusal([call('A', 0.02), call('B', 0.031)], 0.05);
	expect(error.code).toBe('BUDGET_EXCEEDED');
	expect(error.message).toBe(
		'No call was made: the item would cost about $0.051, more than Max Cost per Item of $0.05. B about $0.031, A about $0.02',
	);
	expect(error.advice).toContain('Raise Max Cost per Item under Limits');
});

test('names five calls and counts the others', () => {
	const many = Array.from({ length: 8 }, (_, index) => call(`M${index}`, 0.01 - index / 1e4));
	expect(refusal(many, 0.000_02).message).toMatch(/M0 about .*, M4 about \$0.0096 and 3 more$/);
});

test('shows a tiny amount without exponents', () => {
	expect(refusal([call('A', 2.5e-7)], 1e-7).message).toContain('about $0.00000025, more than');
});

test('refuses a model without a price, whatever the others cost', () => {
	const unpriced = { label: 'B', unpriced: ['local/llama', 'connected/1'] };
	const error = refusal([call('A', 0.001), unpriced, unpriced], 5);
	expect(error.message).toBe(
		'Whether the item keeps to Max Cost per Item of $5.00 cannot be told: no price is known for local/llama, connected/1',
	);
	expect(error.advice).toContain('Set Input Price and Output Price');
});
