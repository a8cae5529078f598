import type { Task } from '../spec/facts';
import data from './difficulty.json';
import { unpackWeights, type PackedWeights } from './packedWeights';

/** What `scripts/train/router.mjs` writes. */
export interface ModelFile {
	readonly about: string;
	/** Mean and standard deviation of each measure. */
	readonly spread: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
	readonly difficulty: {
		/** Scales of words on their own and of words with their form. */
		readonly sharedScale: number;
		readonly formScale: number;
		readonly words: PackedWeights;
		/** A row for each form, a weight for each measure. */
		readonly measures: ReadonlyArray<readonly number[]>;
		/** A base for each form. */
		readonly forms: readonly number[];
		/** Raw scores at evenly spaced shares of the reference prompts, 0 to 1. */
		readonly quantiles: readonly number[];
		/** Scores (0–1) at evenly spaced shares of the reference prompts of each task. */
		readonly taskQuantiles: Readonly<Record<Task, readonly number[]>>;
	};
	readonly task: {
		readonly wordScale: number;
		/** Place after place, a weight for each label. */
		readonly words: PackedWeights;
		/** A row for each label, a weight for each measure. */
		readonly measures: ReadonlyArray<readonly number[]>;
		/** A row for each label, a base for each form. */
		readonly forms: ReadonlyArray<readonly number[]>;
	};
}

export interface RoutingModel {
	readonly file: ModelFile;
	readonly spread: { readonly mean: Float64Array; readonly deviation: Float64Array };
	readonly difficultyWords: Float32Array;
	readonly taskWords: Float32Array;
}

export const openModel = (file: ModelFile): RoutingModel => ({
	file,
	spread: {
		mean: Float64Array.from(file.spread.mean),
		deviation: Float64Array.from(file.spread.deviation),
	},
	difficultyWords: unpackWeights(file.difficulty.words),
	taskWords: unpackWeights(file.task.words),
});

let shipped: RoutingModel | undefined;

/** The model of this package; unpacked when it is first needed. */
export function shippedModel(): RoutingModel {
	shipped ??= openModel(data);
	return shipped;
}
