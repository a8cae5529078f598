import {
	reconcile,
	type AnswerIn,
	type Reconciled,
	type ReconcileOptions,
} from '../../engine/index';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import { fieldNamesIn, readPanel, type AnswerFields } from './readAnswers';
import { reconcileReader } from './readReconcile';
import { withValidity } from './validWhen';

/** The answers to one question, read and checked, and how to decide between them. */
export interface Prepared {
	readonly answers: readonly AnswerIn[];
	readonly options: ReconcileOptions;
	/** Why some have no vote. */
	readonly absent: readonly string[];
	readonly fields: AnswerFields;
}

/** One question decided. */
export interface Decision {
	readonly result: Reconciled;
	/** What the builder should know about it. */
	readonly warnings: readonly string[];
	readonly fields: AnswerFields;
}

/**
 * Reads the answers to a question and what to do with them. Nothing is decided yet, so that every
 * question is checked before the first call of a model.
 *
 * @throws {InvalidPlanError} what is wrong with the answers or the settings
 */
export function preparer(read: ReadParameter): (question: Question) => Prepared {
	const optionsAt = reconcileReader(read);
	return (question) => {
		const { itemIndex } = question;
		const options = optionsAt(itemIndex);
		const fields = {
			textFields: fieldNamesIn(read('textField', itemIndex)),
			modelField: String(read('modelField', itemIndex) ?? '').trim(),
		};
		const { given, source } = question.answers();
		const perItem = read('answersFrom', itemIndex) === 'items';
		const tested = withValidity(given, question, perItem, read);
		const { answers, absent } = readPanel(tested, fields, source);
		return { answers, options, absent, fields };
	};
}

/**
 * Decides one question. The methods of the engine that ask no model are done when this returns; the
 * promise is for those that do.
 */
export async function decide({ answers, options, absent, fields }: Prepared): Promise<Decision> {
	const result = reconcile(answers, options);
	return { result, warnings: [...absent, ...withoutWeight(answers, options)], fields };
}

/** Models that have no weight of their own although others have. */
function withoutWeight(
	answers: readonly AnswerIn[],
	{ method, weights, otherWeight }: ReconcileOptions,
): string[] {
	if (weights.length === 0 || method === 'majority') return [];
	const known = new Set(weights.map(({ model }) => model));
	const models = [...new Set(answers.map(({ model }) => model))].filter((one) => !known.has(one));
	return models.map((model) => `${model} has no weight and counted ${otherWeight}`);
}
