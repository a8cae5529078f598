import { InvalidPlanError } from '../../engine/index';
import { jsonText, shown } from './shown';

/**
 * The text of a field. An expression may give an object or a number: models read JSON well. One
 * that holds nothing is empty text.
 *
 * @throws {InvalidPlanError} for what is neither text nor JSON
 */
export function readText(label: string, value: unknown): string {
	const text = asText(value);
	if (text !== undefined) return text;
	throw new InvalidPlanError(
		`${label} must be text, got ${shown(value)}`,
		`Correct the expression of ${label}: it may give text, a number, or an object that JSON can hold.`,
	);
}

function asText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value;
		case 'undefined':
			return '';
		case 'number':
			return Number.isFinite(value) ? String(value) : undefined;
		case 'bigint':
			return String(value);
		case 'boolean':
		case 'object': {
			const text = value === null ? '' : jsonText(value);
			return text === '{}' || text === '[]' ? '' : text;
		}
		default:
			return undefined;
	}
}
