import type { JsonValue } from '../spec/json';
import { isList } from './jsonKind';

const MAX_TEXT = 60;
const MAX_NAMES = 8;

/** A value in a few words, however large it is: `"abc…"`, `a list of 3 items`. */
export function preview(value: JsonValue): string {
	if (typeof value === 'string') return JSON.stringify(shortened(value));
	if (typeof value !== 'object' || value === null) return String(value);
	if (isList(value)) return count(value.length, 'a list of # item');
	const names = Object.keys(value);
	return names.length === 0 ? 'an empty object' : `an object with ${nameList(names)}`;
}

/** Names in quotes, the first few of many. */
export function nameList(names: readonly string[]): string {
	const shown = names.slice(0, MAX_NAMES).map((name) => JSON.stringify(shortened(name)));
	return names.length > MAX_NAMES ? `${shown.join(', ')}, …` : shown.join(', ');
}

/** `# item` becomes "1 item" or "3 items". */
export function count(amount: number, pattern: string): string {
	return pattern.replace('#', String(amount)) + (amount === 1 ? '' : 's');
}

function shortened(text: string): string {
	return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
