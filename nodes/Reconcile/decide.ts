import type { IDataObject } from 'n8n-workflow';
import {
	reconcile,
	type AnswerIn,
	type Reconciled,
	type ReconcileOptions,
} from '../../engine/index';
import { decideByPanel, type PanelWork } from './decideByPanel';
import type { ResultFacts } from './hints';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import { fieldNamesIn, readPanel, type AnswerFields } from './readAnswers';
import type { Panelists } from './readPanelists';
import { reconcileReader } from './readReconcile';
import { outputOf, panelOutputOf } from './toItem';
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
	readonly result: ResultFacts & Pick<Reconciled, 'answer'>;
	/** What the item says. */
	readonly output: object;
	/** What the builder should know about it. */
	readonly warnings: readonly string[];
	/** Calls of models and their cost; absent where none was asked. */
	readonly asked?: { readonly calls: number; readonly costUsd?: number };
}

/** What models have to do for a question, and who they are. */
export interface PanelSeat {
	readonly work: PanelWork;
	readonly panelists: Panelists;
	/** Data of the items that the question came from. */
	readonly sources: readonly IDataObject[];
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

/** Decides one question: by itself, or by asking the models of its panel. */
export async function decide(prepared: Prepared, panel?: PanelSeat): Promise<Decision> {
	const { answers, options, absent } = prepared;
	if (panel === undefined) {
		const result = reconcile(answers, options);
		const warnings = [...absent, ...withoutWeight(answers, options)];
		return { result, output: outputOf(result, warnings), warnings };
	}
	const { work, panelists, sources } = panel;
	const result = await decideByPanel(prepared, work, panelists, sources);
	const { attempts, costUsd } = result.trace;
	const warnings = [...new Set([...absent, ...panelists.warnings, ...result.trace.warnings])];
	return {
		result,
		output: panelOutputOf(result, warnings),
		warnings,
		asked: { calls: attempts.length, ...(costUsd === undefined ? {} : { costUsd }) },
	};
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
