import { mean } from '../../scripts/train/rankMetrics';
import type { Outcome } from './routingReplay';

/** A mean over questions. */
export interface Figure {
	readonly value: number;
	/** Half the width of its 95 % interval. */
	readonly margin: number;
}

/** One way to answer the questions beside asking the strong model each time. */
export interface Comparison {
	/** Shares, 0–1, of the questions. */
	readonly right: number;
	readonly escalated: number;
	/** Right answers more than the strong model alone has, as a share of the questions. */
	readonly lead: Figure;
	/** Share of what the strong model alone costs. */
	readonly cost: Figure;
}

/** @param outcomes in the order of `alone`, which are the strong model's own */
export function compare(
	outcomes: readonly Outcome[],
	alone: readonly Outcome[],
	strong: string,
): Comparison {
	const cost =
		mean(outcomes.map(({ costUsd }) => costUsd)) / mean(alone.map(({ costUsd }) => costUsd));
	// Of a ratio of two means the margin is that of what each question adds to it.
	const rests = outcomes.map(({ costUsd }, at) => costUsd - cost * (alone[at]?.costUsd ?? 0));
	const perQuestionUsd = mean(alone.map(({ costUsd }) => costUsd));
	return {
		right: mean(outcomes.map(({ isRight }) => Number(isRight))),
		escalated: mean(outcomes.map(({ called }) => Number(called.includes(strong)))),
		lead: figureOf(outcomes.map(({ isRight }, at) => Number(isRight) - Number(alone[at]?.isRight))),
		cost: { value: cost, margin: figureOf(rests).margin / perQuestionUsd },
	};
}

function figureOf(values: readonly number[]): Figure {
	const value = mean(values);
	const variance = mean(values.map((each) => (each - value) ** 2));
	return { value, margin: 1.96 * Math.sqrt(variance / values.length) };
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const percentFigure = ({ value, margin }: Figure): string =>
	`${(100 * value).toFixed(1)} ± ${(100 * margin).toFixed(1)} %`;

/** With a sign: +0.3 ± 0.7. */
export const points = ({ value, margin }: Figure): string =>
	`${value < 0 ? '' : '+'}${(100 * value).toFixed(1)} ± ${(100 * margin).toFixed(1)}`;
