/**
 * `npm run bench:routing`: what routing is worth on recorded answers of real models. Three parts:
 * `auto` (how well the difficulty classifier orders prompts that it was not trained on), `cascade`
 * and `consensus` (the engine itself, asked the recorded questions), and `speed`. A part alone:
 * `npm run bench:routing -- consensus`. MULTI_MODEL_DATA names the folder of the full recorded sets;
 * without it the questions of this repository are used, which are too few to judge by.
 *
 * What the figures of `auto` are
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
 * - Fixed before that, by hand and on this same data: the features, their scales, the range of
 *   penalties, the slopes to choose from and how much a row of each set counts
 *   (`scripts/train/designMatrix.ts`, `difficultyFit.ts`, `lengthSlope.ts`). The figures are flat
 *   around them (within .01), but to that extent they are optimistic.
 * - "by fold" is the mean over the 25 folds; "pooled" ranks all rows of a set by the scores that
 *   they got out of their folds and means over the seeds. Small sets are judged by the pooled
 *   figure: a fold of them has too few rows on which the two models differ.
 *
 * How `cascade` and `consensus` are replayed
 * - Each model is a connected chat model that gives its recorded answer; everything else is the
 *   engine's: extraction, comparison, tests, escalation, costs.
 * - Tokens as the vendor counted them where the set tells, else characters / 4, of the question and
 *   of the whole answer; prices of the catalogue. The texts of farel are the last 1,500 characters.
 * - Intervals: 95 %, by the normal approximation over questions.
 */
import { featuresOf } from '../../engine/routing/features';
import { crossValidate } from '../../scripts/train/crossValidate';
import { FEATURE_SCALES, designMatrix, spreadOf } from '../../scripts/train/designMatrix';
import { furtherRows } from '../../scripts/train/furtherRows';
import { readRoutingRows } from '../../scripts/train/recordedRows';
import { reportCascade } from './cascadeTable';
import { reportConsensus } from './consensusTable';
import { readRecordedQuestions } from './recordedAnswers';
import { reportSpeedAsShipped } from './routingAsShipped';
import { reportBaselines } from './routingBaselines';
import { reportCrossValidation } from './routingCrossValidation';
import { readOutputLengths } from './routingReplay';
import { reportShares } from './routingShares';
import { reportSetsLeftOut } from './routingShift';
import { reportSeen, reportUnseen } from './routingShipped';
import { reportTasks } from './routingTasks';

const SEEDS = 5;

/** Each part prints its tables and returns the bars that are missed. */
const PARTS = {
	auto: () => {
		const missed = isFull ? judgeClassifiers() : [];
		if (!isFull) reportSeen(questions);
		reportUnseen(questions);
		reportShares();
		return missed;
	},
	cascade: async () => {
		await reportCascade(questions, outputLengths);
		return [];
	},
	consensus: async () => await reportConsensus(questions, outputLengths, isFull),
	speed: () => reportSpeedAsShipped(),
} as const;
type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as Part[];

const { folder, isFull, questions } = readRecordedQuestions();
const outputLengths = readOutputLengths(folder);

function judgeClassifiers(): string[] {
	const recorded = readRoutingRows(folder);
	console.log(`Routing sets: ${recorded.length} questions`);
	const rows = [...recorded, ...furtherRows(recorded)];
	const texts = rows.map(({ prompt }) => featuresOf(prompt));
	const matrix = designMatrix(texts, spreadOf(texts), FEATURE_SCALES);
	reportBaselines(rows, texts);
	const missed = reportCrossValidation(rows, crossValidate(rows, matrix, SEEDS));
	reportSetsLeftOut(rows, matrix);
	return [...missed, ...reportTasks(folder, recorded, SEEDS)];
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !NAMES.includes(name as Part));
if (unknown.length > 0) {
	console.error(`The parts are ${NAMES.join(', ')}; asked for: ${unknown.join(', ')}`);
	process.exit(2);
}
console.log(
	isFull
		? `Recorded sets: ${folder}`
		: 'Recorded sets: the questions of this repository, too few to judge by. MULTI_MODEL_DATA names the folder of the full sets.',
);
const missed: string[] = [];
for (const name of NAMES) {
	if (wanted.length === 0 || wanted.includes(name)) missed.push(...(await PARTS[name]()));
}
if (missed.length > 0) {
	console.log(`\nBars missed:\n${missed.map((bar) => `- ${bar}`).join('\n')}`);
	if (isFull) process.exitCode = 1;
} else if (isFull) console.log('\nEvery bar is met.');
