import type { CalibrationStep, ReconcileMethod, ReconcileOptions } from '../spec/reconcile';

/**
 * How often answers with so much agreement were right, 0–1: one right and one wrong answer are added
 * to each step, so that few observations never give certainty. `undefined` without a table.
 */
export function confidenceAt(
	agreement: number,
	method: ReconcileMethod,
	{ calibration }: Pick<ReconcileOptions, 'calibration'>,
): number | undefined {
	if (method !== 'majority' && method !== 'weighted') return undefined;
	const steps = calibration?.[method] ?? [];
	const step = steps.findLast(({ minAgreement }) => agreement >= minAgreement) ?? steps[0];
	return step && (step.right + 1) / (step.total + 2);
}

/** An answer whose rightness is known. */
export interface Observation {
	readonly agreement: number;
	readonly isRight: boolean;
}

/** Fewer observations say little about a step. */
const FEWEST_IN_A_STEP = 10;

/**
 * Steps of agreement, in ascending order, in which the share of right answers never falls: a step
 * that does worse than the one below it is joined with it (pool adjacent violators).
 */
export function calibrationSteps(observations: readonly Observation[]): CalibrationStep[] {
	const steps: CalibrationStep[] = [];
	for (const level of byAgreement(observations)) {
		let step = level;
		for (let last = steps.at(-1); last !== undefined; last = steps.at(-1)) {
			const isThin = last.total < FEWEST_IN_A_STEP;
			if (!isThin && last.right / last.total <= step.right / step.total) break;
			steps.pop();
			step = joined(last, step);
		}
		steps.push(step);
	}
	const last = steps.at(-1);
	const before = steps.at(-2);
	if (last === undefined || before === undefined || last.total >= FEWEST_IN_A_STEP) return steps;
	return [...steps.slice(0, -2), joined(before, last)];
}

function byAgreement(observations: readonly Observation[]): CalibrationStep[] {
	const levels = new Map<number, CalibrationStep>();
	for (const { agreement, isRight } of observations) {
		const minAgreement = Number(agreement.toFixed(6));
		const level = levels.get(minAgreement) ?? { minAgreement, right: 0, total: 0 };
		const { right, total } = level;
		levels.set(minAgreement, { minAgreement, right: right + Number(isRight), total: total + 1 });
	}
	return [...levels.values()].sort((a, b) => a.minAgreement - b.minAgreement);
}

function joined(low: CalibrationStep, high: CalibrationStep): CalibrationStep {
	const { minAgreement } = low;
	return { minAgreement, right: low.right + high.right, total: low.total + high.total };
}
