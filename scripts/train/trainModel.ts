import { featuresOf } from '../../engine/routing/features';
import { MEASURES } from '../../engine/routing/measures';
import { openModel, type ModelFile } from '../../engine/routing/model';
import { TASKS, type Task } from '../../engine/spec/facts';
import { packWeights } from '../../engine/routing/packedWeights';
import { shareBelow } from '../../engine/routing/quantiles';
import { likeliestTask, rawDifficulty } from '../../engine/routing/score';
import { TEXT_FORMS } from '../../engine/routing/textForm';
import { FOLDS } from './crossValidate';
import { chooseTaskPenalty } from './crossValidateTasks';
import { COLUMNS, FEATURE_SCALES, designMatrix, spreadOf, type Spread } from './designMatrix';
import { PENALTIES, difficultyFitter } from './difficultyFit';
import { furtherRows } from './furtherRows';
import { foldOf } from './folds';
import { chooseLengthSlope } from './lengthSlope';
import { readRoutingRows } from './recordedRows';
import { TASK_COLUMNS, TASK_SCALES, fitTasks, taskMatrix } from './taskFit';
import { furtherTaskRows, readTaskRows, type TaskRow } from './taskRows';
import { quantilesOf } from './weightedQuantiles';

const ABOUT =
	'Learnt by scripts/train/router.mjs from recorded answers: RouteLLM (Apache-2.0; MMLU and GSM8K: MIT), ZeroEval (Apache-2.0), RouterArena (Apache-2.0), MMLU-Pro (Apache-2.0), lineage-bench (MIT), LLMRouter (MIT), MT-bench and Arena-Hard prompts (Apache-2.0). Reference prompts: all of these, every source counting the same. Weights only, no text.';

const QUANTILES = 129;
const TASK_QUANTILES = 33;

const short = (value: number): number => Number(value.toPrecision(5));
const range = (count: number): number[] => [...Array(count).keys()];

/** Everything that is learnt, as it is shipped. */
export function trainModel(folder: string, report: (line: string) => void): ModelFile {
	const recorded = readRoutingRows(folder);
	const rows = [...recorded, ...furtherRows(recorded)];
	const taskRows = [...readTaskRows(folder), ...furtherTaskRows(recorded)];
	const texts = rows.map(({ prompt }) => featuresOf(prompt));
	const spread = spreadOf(texts);
	const matrix = designMatrix(texts, spread, FEATURE_SCALES);
	const fit = difficultyFitter(rows, matrix);
	const all = [...rows.keys()];
	const slope = chooseLengthSlope(rows, matrix, fit, all, 0);
	report(`difficulty: slope over length ${slope}`);
	const { weights } = fit(all, PENALTIES, slope);
	const withoutQuantiles: ModelFile = {
		about: ABOUT,
		spread: { mean: [...spread.mean], deviation: [...spread.deviation] },
		difficulty: {
			...difficultyWeights(weights),
			quantiles: [0, 1],
			taskQuantiles: noTaskQuantiles(),
		},
		task: learnTasks(taskRows, spread, report),
	};

	// Prompts that were learnt from score too far apart: their scores come from models without them.
	const unseen = new Float64Array(rows.length);
	for (let fold = 0; fold < FOLDS; fold++) {
		const isOut = all.map((row) => foldOf(rows[row]!.key, 0, FOLDS) === fold);
		const { weights: part } = fit(
			all.filter((row) => !isOut[row]),
			PENALTIES,
			slope,
		);
		const model = openModel({
			...withoutQuantiles,
			difficulty: { ...withoutQuantiles.difficulty, ...difficultyWeights(part) },
		});
		for (const row of all) if (isOut[row]) unseen[row] = rawDifficulty(texts[row]!, model);
	}
	const model = openModel(withoutQuantiles);
	const reference = [
		...recorded.map(({ set, part }, row) => ({
			source: set === 'zeroeval' ? part : set,
			raw: unseen[row]!,
			task: likeliestTask(texts[row]!, model),
		})),
		...taskRows
			.filter(({ source }) => source.includes('/'))
			.map(({ source, prompt }) => {
				const features = featuresOf(prompt);
				return {
					source,
					raw: rawDifficulty(features, model),
					task: likeliestTask(features, model),
				};
			}),
	];
	return { ...withoutQuantiles, difficulty: calibrate(withoutQuantiles.difficulty, reference) };
}

interface ReferencePrompt {
	readonly source: string;
	readonly raw: number;
	readonly task: Task;
}

function calibrate(
	difficulty: ModelFile['difficulty'],
	reference: readonly ReferencePrompt[],
): ModelFile['difficulty'] {
	const sizes = new Map<string, number>();
	for (const { source } of reference) sizes.set(source, (sizes.get(source) ?? 0) + 1);
	const weightOf = ({ source }: ReferencePrompt) => 1 / sizes.get(source)!;
	const quantiles = quantilesOf(
		reference.map(({ raw }) => raw),
		reference.map(weightOf),
		QUANTILES,
	).map(short);
	const ofTask = (task: Task): number[] => {
		const prompts = reference.filter((prompt) => prompt.task === task);
		const scores = prompts.map(({ raw }) => shareBelow(quantiles, raw));
		return quantilesOf(scores, prompts.map(weightOf), TASK_QUANTILES).map(short);
	};
	const taskQuantiles = Object.fromEntries(TASKS.map((task) => [task, ofTask(task)]));
	return { ...difficulty, quantiles, taskQuantiles: taskQuantiles as Record<Task, number[]> };
}

const noTaskQuantiles = () =>
	Object.fromEntries(TASKS.map((task) => [task, [0, 1]])) as unknown as Record<Task, number[]>;

/** The columns of the matrix as the shipped model holds them: forms carry their own sums. */
function difficultyWeights(weights: Float64Array) {
	const measures = TEXT_FORMS.map((_, form) =>
		range(MEASURES.length).map((index) =>
			short(
				FEATURE_SCALES.measures * weights[COLUMNS.measures + index]! +
					FEATURE_SCALES.measuresWithForm *
						weights[COLUMNS.measuresWithForm + form * MEASURES.length + index]!,
			),
		),
	);
	return {
		sharedScale: FEATURE_SCALES.shared,
		formScale: FEATURE_SCALES.withForm,
		words: packWeights(weights.subarray(0, COLUMNS.measures)),
		measures,
		forms: TEXT_FORMS.map((_, form) =>
			short(weights[COLUMNS.forms + form]! + weights[COLUMNS.intercept]!),
		),
	};
}

function learnTasks(
	rows: readonly TaskRow[],
	spread: Spread,
	report: (line: string) => void,
): ModelFile['task'] {
	const texts = rows.map(({ prompt }) => featuresOf(prompt));
	const matrix = taskMatrix(texts, spread);
	const all = [...rows.keys()];
	const isJudged = (row: number) => rows[row]!.source.includes('/');
	const penalty = chooseTaskPenalty(rows, matrix, isJudged, all, 0);
	report(`task: penalty ${penalty}`);
	const fit = fitTasks(rows, matrix, all, penalty);
	const places = TASK_COLUMNS.measures;
	const words = new Float64Array(places * TASKS.length);
	fit.forEach((weights, label) => {
		for (let place = 0; place < places; place++) {
			words[place * TASKS.length + label] = weights[place]!;
		}
	});
	return {
		wordScale: TASK_SCALES.words,
		words: packWeights(words),
		measures: fit.map((weights) =>
			range(MEASURES.length).map((index) =>
				short(TASK_SCALES.measures * weights[TASK_COLUMNS.measures + index]!),
			),
		),
		forms: fit.map((weights) =>
			TEXT_FORMS.map((_, form) =>
				short(
					TASK_SCALES.forms * weights[TASK_COLUMNS.forms + form]! +
						weights[TASK_COLUMNS.intercept]!,
				),
			),
		),
	};
}
