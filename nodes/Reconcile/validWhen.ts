import { InvalidPlanError } from '../../engine/index';
import { shown } from '../shared/shown';
import type { ReadParameter } from './parameterReader';
import type { Question } from './questions';
import type { RawAnswer } from './readAnswers';
import { isSet } from './rows';

/**
 * Adds what the builder's own test says of each answer: for items as answers it is evaluated for each
 * of them, else once for a list with one value for each.
 *
 * @throws {InvalidPlanError} for anything but true and false, or a list of another length
 */
export function withValidity(
	given: readonly RawAnswer[],
	question: Question,
	perItem: boolean,
	read: ReadParameter,
): readonly RawAnswer[] {
	if (read('method', question.itemIndex) !== 'firstValid') return given;
	const values = perItem
		? question.paired.map(({ item }) => read('validWhen', item))
		: listOf(read('validWhen', question.itemIndex), given.length);
	if (values.every((value) => !isSet(value))) return given;
	if (values.length !== given.length) {
		throw new InvalidPlanError(
			`Valid When must give true or false for each of the ${given.length} answers, got ${shown(values)}`,
			'Correct the expression, for example {{ $json.answers.map(a => a.text.length < 200) }}.',
		);
	}
	return given.map((answer, index) => ({ ...answer, isValid: booleanOf(values[index]) }));
}

function listOf(value: unknown, length: number): readonly unknown[] {
	if (Array.isArray(value)) return value;
	return Array.from({ length }, () => value);
}

function booleanOf(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (text === 'true' || text === 'false') return text === 'true';
	throw new InvalidPlanError(
		`Valid When must give true or false, got ${shown(value)}`,
		'Write an expression such as {{ $json.text.length < 200 }}, or clear Valid When.',
	);
}
