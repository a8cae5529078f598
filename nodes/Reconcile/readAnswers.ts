import { InvalidPlanError, type AnswerIn, type JsonValue } from '../../engine/index';
import { shown } from '../shared/shown';
import { fieldAt, fieldNames, type Found } from './fieldPath';

/** The names of the fields of one answer. */
export interface AnswerFields {
	/** The first that an answer has counts; none: the answer itself is the text. */
	readonly textFields: readonly string[];
	readonly modelField: string;
}

/** Reads names with commas between them; a field may also be called so as a whole. */
export function fieldNamesIn(value: unknown): readonly string[] {
	const whole = value === undefined || value === null ? '' : String(value).trim();
	const parts = whole.split(',').map((part) => part.trim());
	return [...new Set([whole, ...parts])].filter((name) => name !== '');
}

/** Who votes on one question, and why others do not. */
export interface Panel {
	readonly answers: readonly AnswerIn[];
	/** One sentence for each answer that cannot vote. */
	readonly absent: readonly string[];
}

/** One answer as it was given, and how messages name it. */
export interface RawAnswer {
	readonly value: unknown;
	/** `Answer 2 of "answers"`, `Item 4`. */
	readonly label: string;
	/** Who it is by, where the answer itself does not say. */
	readonly by?: string;
	/** Why there is no answer at all. */
	readonly missing?: string;
	/** Without the text field it does not vote, as long as others have it. */
	readonly mayLackText?: boolean;
	/** What the builder's own test says of it. */
	readonly isValid?: boolean;
}

/**
 * Reads the answers to one question. A branch that failed or was skipped has no vote and is not
 * counted; an answer that is there but empty is an abstention and is.
 *
 * @param source how messages name the place the answers come from
 * @throws {InvalidPlanError} when an answer lacks the text field or fewer than two can vote
 */
export function readPanel(
	given: readonly RawAnswer[],
	fields: AnswerFields,
	source: string,
): Panel {
	const answers: AnswerIn[] = [];
	const absent: string[] = [];
	const lacking: InvalidPlanError[] = [];
	given.forEach((raw, index) => {
		const { value, by, missing, isValid } = raw;
		const model = modelOf(value, fields.modelField) ?? by ?? `answer ${index + 1}`;
		const failure = missing ?? failureOf(value, fields.textFields);
		if (failure !== undefined) {
			absent.push(`${model} did not vote: ${failure}`);
			return;
		}
		const text = textOf(raw, fields.textFields);
		if (text instanceof InvalidPlanError) {
			if (raw.mayLackText !== true) throw text;
			lacking.push(text);
			absent.push(`${model} did not vote: ${text.message}`);
			return;
		}
		answers.push(isValid === undefined ? { model, text } : { model, text, isValid });
	});
	const [lack] = lacking;
	if (answers.length === 0 && lack !== undefined) throw lack;
	if (answers.length < 2) throw tooFew(answers, absent, source);
	return { answers, absent };
}

/** The text of an answer, or what is wrong with it. */
function textOf(
	{ value, label }: RawAnswer,
	textFields: readonly string[],
): JsonValue | InvalidPlanError {
	const [name] = textFields;
	if (typeof value !== 'object' || value === null || name === undefined) return jsonOf(value);
	const text = firstField(value, textFields);
	if (text.found) return jsonOf(text.value);
	return new InvalidPlanError(
		`${label} has no field "${name}", got ${shown(value)}`,
		`Set Text Field to the field that holds the answer. There are: ${fieldNames(value)}.`,
	);
}

function firstField(value: unknown, names: readonly string[]): Found {
	const found = names.map((name) => fieldAt(value, name)).find((field) => field.found);
	return found ?? { found: false };
}

/** Items hold JSON; dates and the like, which nodes may put there, count as their JSON. */
function jsonOf(value: unknown): JsonValue {
	if (value === null || value === undefined) return null;
	if (typeof value !== 'object') return typeof value === 'number' ? value : String(value);
	return JSON.parse(JSON.stringify(value)) as JsonValue;
}

function modelOf(value: unknown, modelField: string): string | undefined {
	const model = modelField === '' ? undefined : fieldAt(value, modelField);
	if (!model?.found || model.value === null || model.value === '') return undefined;
	return typeof model.value === 'string' ? model.value : JSON.stringify(model.value);
}

const NO_ANSWER = ['failed', 'aborted', 'skipped'];

/**
 * Why an answer is none: a branch of a Fan-out that did not answer, or an error item, which has an
 * error and no text.
 */
export function failureOf(value: unknown, textFields: readonly string[]): string | undefined {
	const status = fieldAt(value, 'status');
	if (status.found && typeof status.value === 'string' && NO_ANSWER.includes(status.value)) {
		const message = fieldAt(value, 'failure.message');
		return message.found ? `${status.value} (${String(message.value)})` : status.value;
	}
	const error = fieldAt(value, 'error');
	if (!error.found || !error.value || firstField(value, textFields).found) return undefined;
	return typeof error.value === 'string' ? error.value : shown(error.value);
}

function tooFew(
	answers: readonly AnswerIn[],
	absent: readonly string[],
	source: string,
): InvalidPlanError {
	const [only] = answers;
	const number = only === undefined ? 'no answer' : `only one answer, by ${only.model}`;
	const reasons = absent.length === 0 ? '' : ` (${absent.join('; ')})`;
	return new InvalidPlanError(
		`${source} holds ${number}, where at least two are needed${reasons}`,
		absent.length === 0
			? 'Ask two models or more, for example with Parallel Fan-out, and hand all their answers to this node.'
			: 'See why the other models gave no answer, or add models.',
	);
}
