/**
 * `npm run bench -- routing`: how well the Router's `auto` strategy orders prompts that it was not
 * trained on. MULTI_MODEL_DATA names the folder of the full recorded sets; without it the small
 * sample of this repository is used, which is too small to judge by.
 *
 * What the figures are
 * - APGR: average performance gap recovered (RouteLLM, arXiv 2406.18665). Prompts go to the strong
 *   model in the order of their score; 0 is "always cheap", 1 is "always strong"; the part of that
 *   gap which is closed is averaged over all shares of strong calls by the trapezium rule. A random
 *   order has .500.
 * - CPT50, CPT80: the least share of strong calls, in %, that closes 50 or 80 % of the gap. Random:
 *   50 and 80; lower is better.
 * - Interval: 95 %, by drawing the questions again 1,000 times.
 *
 * How they are obtained
 * - 5 folds, 5 seeds. A question's fold follows from its words, so a question that two sets hold is
 *   never learnt from in one and judged in the other.
 * - ONE model for all sets, as it is shipped, fitted on the other folds of all of them.
 * - Nested: the slope over length is chosen by inner folds and inner sets left out, of the rows that
 *   may be learnt from. The fold that is judged has no part in it. Nothing else is chosen there: the
 *   fit is the mean over a range of penalties.
 * - Fixed beforehand, on this same data: the features, their scales, that range and how much a row of
 *   each set counts (`scripts/train/designMatrix.ts`, `difficultyFit.ts`). The figures are flat around
 *   them (within .01), but to that extent they are optimistic.
 * - "by fold" is the mean over the 25 folds; "pooled" ranks all rows of a set by the scores that
 *   they got out of their folds and means over the seeds. Small sets are judged by the pooled
 *   figure: a fold of them has too few rows on which the two models differ.
 */
import { crossValidate } from '../../scripts/train/crossValidate';
import { FEATURE_SCALES, designMatrix, spreadOf } from '../../scripts/train/designMatrix';
import { furtherRows } from '../../scripts/train/furtherRows';
import { featuresOf } from '../../engine/routing/features';
import { chooseRecordedRows } from './routingData';
import { reportBaselines } from './routingBaselines';
import { reportCrossValidation } from './routingCrossValidation';
import { reportSetsLeftOut } from './routingShift';
import { reportSpeed } from './routingSpeed';
import { reportTasks } from './routingTasks';

const SEEDS = 5;

const { folder, isFull, recorded } = chooseRecordedRows();
console.log(
	isFull
		? `Recorded sets: ${recorded.length} questions from ${folder}`
		: `Recorded sets: the sample of this repository (${recorded.length} questions). Set MULTI_MODEL_DATA to the folder of the full sets for figures to judge by.`,
);
const rows = [...recorded, ...furtherRows(recorded)];
const texts = rows.map(({ prompt }) => featuresOf(prompt));
const matrix = designMatrix(texts, spreadOf(texts), FEATURE_SCALES);

reportBaselines(rows, texts);
const result = crossValidate(rows, matrix, SEEDS);
const missed = reportCrossValidation(rows, result);
if (isFull) reportSetsLeftOut(rows, matrix);
missed.push(...reportTasks(folder, recorded, SEEDS));
missed.push(...reportSpeed());

if (missed.length > 0 && isFull) {
	console.log(`\nBars missed:\n${missed.map((bar) => `- ${bar}`).join('\n')}`);
	process.exitCode = 1;
} else if (isFull) console.log('\nEvery bar is met.');
