import type { INodeExecutionData } from 'n8n-workflow';
import {
	InvalidPlanError,
	learnWeights,
	type JsonValue,
	type LabelledQuestion,
	type ReconcileOptions,
} from '../../engine/index';
import { plainCopy } from '../shared/plainCopy';
import { shown } from '../shared/shown';
import type { Prepared } from './decide';
import { fieldAt } from './fieldPath';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';

export interface Learnt {
	readonly item: INodeExecutionData;
	/** Why questions could not be learnt from. */
	readonly warnings: readonly string[];
	readonly summary: string;
}

/** Questions that are few say little about how good a model is. */
const FEW = 20;

/**
 * Learns from all questions with a known answer, and gives one item: the table that Weights From:
 * Learned Table takes. A question that cannot be read is left out and named.
 *
 * @throws {InvalidPlanError} when there is no question to learn from
 */
export function learnFrom(
	questions: readonly Question[],
	prepare: (question: Question) => Prepared,
	read: ReadParameter,
): Learnt {
	const lessons: LabelledQuestion[] = [];
	const used: Question[] = [];
	const warnings: string[] = [];
	let options: ReconcileOptions | undefined;
	for (const question of questions) {
		try {
			const correct = correctAnswerOf(question, read);
			const prepared = prepare(question);
			options ??= prepared.options;
			lessons.push({ answers: prepared.answers, correct });
			used.push(question);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			warnings.push(`Item ${question.itemIndex} was left out: ${reason}`);
		}
	}
	if (options === undefined) {
		const [first = 'There are no items'] = warnings;
		throw new InvalidPlanError(
			`There is no question to learn from. ${first}`,
			'Give items that hold the answers of several models and, in the Correct Answer Field, the right one.',
		);
	}
	const table = learnWeights(lessons, options);
	if (lessons.length < FEW) {
		warnings.push(`${lessons.length} questions say little; weights are sound from some 50 on.`);
	}
	const models = table.models.map(({ model, weight, right = 0, asked = 0 }) => ({
		model,
		weight,
		accuracy: asked === 0 ? null : Number((right / asked).toFixed(4)),
		right,
		asked,
	}));
	return {
		item: {
			json: plainCopy({ ...table, models, skipped: questions.length - lessons.length }),
			pairedItem: used.flatMap(({ paired }) => [...paired]),
		},
		warnings,
		summary: `Learnt from ${lessons.length} questions: ${bestOf(models)}`,
	};
}

function bestOf(
	models: ReadonlyArray<{ readonly model: string; readonly weight: number }>,
): string {
	const best = [...models].sort((a, b) => b.weight - a.weight).slice(0, 3);
	return best.map(({ model, weight }) => `${model} ${weight.toFixed(2)}`).join(', ');
}

function correctAnswerOf({ sources, itemIndex }: Question, read: ReadParameter): JsonValue {
	const name = String(read('correctAnswerField', itemIndex) ?? '').trim();
	const found = sources.map((json) => fieldAt(json, name)).find((field) => field.found);
	if (found?.found === true && found.value !== null && found.value !== '') {
		return found.value as JsonValue;
	}
	throw new InvalidPlanError(
		`The item has no field "${name}", got ${shown(sources[0])}`,
		'Set Correct Answer Field to the field that holds the right answer.',
	);
}
