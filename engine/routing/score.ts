import { TASKS, type Task } from '../spec/facts';
import type { TextFeatures } from './features';
import type { RoutingModel } from './model';
import { standardise, wordShare } from './weigh';

/** The task table has fewer places than the features: these bits of a place count. */
export const TASK_TABLE_BITS = 13;
const TASK_MASK = (1 << TASK_TABLE_BITS) - 1;

function weighMeasures(weights: readonly number[] | undefined, values: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < values.length; index++) {
		sum += (weights?.[index] ?? 0) * (values[index] ?? 0);
	}
	return sum;
}

/** What a strong model is expected to gain over a cheap one on this text; arbitrary zero. */
export function rawDifficulty(text: TextFeatures, model: RoutingModel): number {
	const { places, placeCount, sharedCount, measures, form } = text;
	const { difficultyWords: words, spread } = model;
	const { sharedScale, formScale, measures: measureWeights, forms } = model.file.difficulty;
	let shared = 0;
	for (let index = 0; index < sharedCount; index++) shared += words[places[index] ?? 0] ?? 0;
	let withForm = 0;
	for (let index = sharedCount; index < placeCount; index++) {
		withForm += words[places[index] ?? 0] ?? 0;
	}
	return (
		wordShare(placeCount) * (sharedScale * shared + formScale * withForm) +
		weighMeasures(measureWeights[form], standardise(measures, spread)) +
		(forms[form] ?? 0)
	);
}

/** The likeliest task. */
export function likeliestTask(text: TextFeatures, model: RoutingModel): Task {
	const { places, sharedCount, form } = text;
	const { taskWords: words, spread } = model;
	const { wordScale, measures, forms } = model.file.task;
	const labels = TASKS.length;
	const sums = new Float64Array(labels);
	for (let index = 0; index < sharedCount; index++) {
		const first = ((places[index] ?? 0) & TASK_MASK) * labels;
		for (let label = 0; label < labels; label++) {
			sums[label] = (sums[label] ?? 0) + (words[first + label] ?? 0);
		}
	}
	const standardised = standardise(text.measures, spread);
	const scale = wordScale * wordShare(sharedCount);
	let best: Task = TASKS[0];
	let bestScore = -Infinity;
	TASKS.forEach((task, label) => {
		const score =
			scale * (sums[label] ?? 0) +
			weighMeasures(measures[label], standardised) +
			(forms[label]?.[form] ?? 0);
		if (score > bestScore) {
			bestScore = score;
			best = task;
		}
	});
	return best;
}
