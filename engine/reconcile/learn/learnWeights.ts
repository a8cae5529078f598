import { InvalidPlanError } from '../../spec/errors';
import type { JsonValue } from '../../spec/json';
import type { AnswerIn, ReconcileOptions, WeightTable } from '../../spec/reconcile';
import { answerText } from '../answerText';
import type { Ballot } from '../ballot';
import { ballotsOf } from '../ballots';
import { calibrationSteps, type Observation } from '../calibrate';
import { extractionFor } from '../extract/choose';
import { readWritten } from '../extract/finalAnswer';
import { groupBallots } from '../groupBallots';
import { rankGroups, sum } from '../methods/vote';
import { unwrap } from '../text/unwrap';
import { fitWeights, type LabelledVote, type Tally } from './fitWeights';

/** A question whose right answer is known. */
export interface LabelledQuestion {
	readonly answers: readonly AnswerIn[];
	readonly correct: JsonValue;
}

/** One question as it is learnt from. */
interface Lesson {
	readonly ballots: readonly Ballot[];
	readonly isRight: (ballot: Ballot) => boolean;
	readonly groups: ReadonlyArray<readonly Ballot[]>;
}

/**
 * What labelled answers teach: a weight for each model, and how often a majority or a weighted vote
 * with so much agreement is right. The weighted one is observed on questions that its weights were
 * not learnt from, as it will be met later.
 *
 * @throws {InvalidPlanError} without any question
 */
export function learnWeights(
	questions: readonly LabelledQuestion[],
	options: ReconcileOptions,
): WeightTable {
	if (questions.length === 0) {
		throw new InvalidPlanError(
			'There is no question with a known answer to learn from',
			'Give items that hold the answers and, in another field, the right one.',
		);
	}
	const lessons = questions.map((question) => readLesson(question, options));
	const models = [...new Set(lessons.flatMap(({ ballots }) => ballots.map(({ model }) => model)))];
	const records = recordsOf(lessons, models);
	const weights = weightsFrom(lessons, models);
	return {
		questions: questions.length,
		models: models.map((model, index) => ({
			model,
			weight: weights.get(model) ?? 0,
			right: records[index]?.right ?? 0,
			asked: records[index]?.asked ?? 0,
		})),
		calibration: {
			majority: calibrationSteps(lessons.map((lesson) => observe(lesson, options))),
			weighted: calibrationSteps(crossObserved(lessons, models, options)),
		},
	};
}

function readLesson({ answers, correct }: LabelledQuestion, options: ReconcileOptions): Lesson {
	const texts = answers.map(({ text }) => answerText(text));
	const { extract } = extractionFor(texts, { ...options, method: 'majority' });
	const ballots = ballotsOf(answers, texts, extract, options);
	const reading =
		extract(answerText(correct), options.normalization) ??
		readWritten(unwrap(String(correct)), options.normalization);
	const truth: Ballot = { model: '', weight: 0, ...(reading === undefined ? {} : { reading }) };
	const groups = groupBallots([...ballots, truth], options.normalization.relativeTolerance);
	const right = new Set(groups.find((group) => group.ballots.includes(truth))?.ballots);
	return {
		ballots,
		isRight: (ballot) => right.has(ballot),
		groups: groups
			.map((group) => group.ballots.filter((ballot) => ballot !== truth))
			.filter((group) => group.length > 0),
	};
}

function recordsOf(lessons: readonly Lesson[], models: readonly string[]): readonly Tally[] {
	const records = new Map(models.map((model) => [model, { right: 0, asked: 0 }]));
	for (const { ballots, isRight } of lessons) {
		for (const ballot of ballots) {
			const { right, asked } = records.get(ballot.model) ?? { right: 0, asked: 0 };
			records.set(ballot.model, { right: right + Number(isRight(ballot)), asked: asked + 1 });
		}
	}
	return [...records.values()];
}

function weightsFrom(
	lessons: readonly Lesson[],
	models: readonly string[],
): ReadonlyMap<string, number> {
	const indexOf = new Map(models.map((model, index) => [model, index]));
	const votes = lessons.map(({ groups, isRight }): LabelledVote => {
		const rightGroup = groups.findIndex(([first]) => first !== undefined && isRight(first));
		return {
			groups: groups.map((group) => group.map(({ model }) => indexOf.get(model) ?? 0)),
			...(rightGroup === -1 ? {} : { rightGroup }),
		};
	});
	const weights = fitWeights(recordsOf(lessons, models), votes);
	return new Map(models.map((model, index) => [model, weights[index] ?? 0]));
}

/** Whether the answer with most weight is right, and its share. */
function observe(
	{ ballots, isRight }: Lesson,
	{ normalization }: ReconcileOptions,
	weights?: ReadonlyMap<string, number>,
): Observation {
	const weightIn = ({ model }: Ballot) => (weights === undefined ? 1 : (weights.get(model) ?? 0));
	const groups = groupBallots(ballots, normalization.relativeTolerance);
	const [first] = rankGroups(groups, weightIn);
	const total = sum(ballots.map(weightIn));
	const [voter] = first?.ballots ?? [];
	return {
		agreement: first === undefined || total === 0 ? 0 : first.weight / total,
		isRight: voter !== undefined && isRight(voter),
	};
}

const FOLDS = 5;

function crossObserved(
	lessons: readonly Lesson[],
	models: readonly string[],
	options: ReconcileOptions,
): Observation[] {
	return Array.from({ length: FOLDS }, (_, fold) => {
		const isHeldOut = (index: number) => index % FOLDS === fold;
		const weights = weightsFrom(
			lessons.filter((_lesson, index) => !isHeldOut(index)),
			models,
		);
		return lessons
			.filter((_lesson, index) => isHeldOut(index))
			.map((lesson) => observe(lesson, options, weights));
	}).flat();
}
