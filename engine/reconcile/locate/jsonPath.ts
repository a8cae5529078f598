import { InvalidPlanError } from '../../spec/errors';
import type { JsonValue } from '../../spec/json';

/** One step into a document: a field, or a place in a list (negative: from its end). */
export type PathStep = string | number;

const STEP =
	/(?:\.|^)([^.[\]'"*$\s][^.[\]'"*]*)|\[(-?\d{1,9})\]|\[(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/y;
const MAX_STEPS = 100;

/**
 * Reads `a.b[0].c`, `["a b"].c` or `$.a[-1]`: plain steps only, so that one path leads to one value.
 *
 * @throws {InvalidPlanError} naming the place that cannot be read
 */
export function parseJsonPath(path: string): readonly PathStep[] {
	const source = path.trim();
	if (source === '') throw invalid(path, 'is empty');
	let index = source.startsWith('$') ? 1 : 0;
	const steps: PathStep[] = [];
	while (index < source.length) {
		STEP.lastIndex = index;
		const found = STEP.exec(source);
		if (found === null || steps.length === MAX_STEPS) throw invalid(path, problemAt(source, index));
		const [matched, name, place, doubleQuoted, singleQuoted] = found;
		const quoted = doubleQuoted ?? singleQuoted;
		if (place !== undefined) steps.push(Number(place));
		else steps.push(quoted === undefined ? (name ?? '').trim() : quoted.replace(/\\(.)/g, '$1'));
		index += matched.length;
	}
	return steps;
}

function problemAt(source: string, index: number): string {
	const rest = source.slice(index, index + 20);
	if (/^(?:\.\.|\.?\*|\[\*\]|\[\?|\[[^\]]*:)/.test(rest)) {
		return `holds "${rest}", which leads to several values, where one is needed`;
	}
	return `cannot be read from "${rest}" on`;
}

function invalid(path: string, problem: string): InvalidPlanError {
	return new InvalidPlanError(
		`JSON Path "${path}" ${problem}`,
		'Write the steps to one value, for example data.items[0].name or ["unit price"].',
	);
}

/** What the path leads to, own fields only; `undefined` where there is no such value. */
export function valueAtPath(value: JsonValue, steps: readonly PathStep[]): JsonValue | undefined {
	let at: JsonValue | undefined = value;
	for (const step of steps) {
		if (typeof at !== 'object' || at === null) return undefined;
		if (Array.isArray(at)) {
			const place = typeof step === 'number' ? step : Number.NaN;
			at = (at as readonly JsonValue[]).at(place);
			if (!Number.isInteger(place)) return undefined;
		} else {
			const name = String(step);
			at = Object.hasOwn(at, name)
				? (at as { readonly [key: string]: JsonValue })[name]
				: undefined;
		}
	}
	return at;
}
