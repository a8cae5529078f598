import { reconcile, type Reconciled } from '../../engine/index';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import { readPanel, type AnswerFields } from './readAnswers';
import { reconcileReader } from './readReconcile';

/** One question decided. */
export interface Decision {
	readonly result: Reconciled;
	/** Why some have no vote. */
	readonly absent: readonly string[];
	readonly fields: AnswerFields;
}

/** Reads the answers to a question and reconciles them, or throws what is wrong with them. */
export function decider(read: ReadParameter): (question: Question) => Decision {
	const optionsAt = reconcileReader(read);
	return (question) => {
		const { itemIndex } = question;
		const options = optionsAt(itemIndex);
		const fields = {
			textField: nameIn(read('textField', itemIndex)),
			modelField: nameIn(read('modelField', itemIndex)),
		};
		const { given, source } = question.answers();
		const { answers, absent } = readPanel(given, fields, source);
		return { result: reconcile(answers, options), absent, fields };
	};
}

function nameIn(value: unknown): string {
	return value === undefined ? '' : String(value).trim();
}
