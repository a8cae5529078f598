import type { JsonValue } from '../spec/json';
import { preview } from './jsonPreview';
import type { Place } from './schemaPlace';

/** What is wrong with a value, and where. */
export interface ValueProblem {
	readonly place: Place | undefined;
	/** In words. Most problems are those of alternatives that are never shown. */
	readonly say: () => string;
	/** It has another type than these. */
	readonly types?: readonly string[];
	/** The value that has another type. */
	readonly got?: JsonValue;
	/** It is not the fixed value that was expected: another alternative was probably meant. */
	readonly isChoice?: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
	string: 'a string',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
	null: 'null',
};

export function wrongType(
	types: readonly string[],
	got: JsonValue,
	place: Place | undefined,
): ValueProblem {
	return { place, types, got, say: () => `expected ${typeNames(types)}, got ${preview(got)}` };
}

/**
 * Of the problems with several alternatives, that of the one which the value came closest to. Types
 * expected at the same place are named together: "a string or null".
 */
export function closest(problems: readonly ValueProblem[]): ValueProblem | undefined {
	let best = problems[0];
	for (const problem of problems) {
		if (best === undefined || closeness(problem) > closeness(best)) best = problem;
	}
	if (best === undefined || problems.length === 1) return best;
	const { place, types, got = null, say } = best;
	if (
		types === undefined ||
		problems.some((one) => one.types === undefined || one.place !== place)
	) {
		return { ...best, say: () => `${say()} (in the closest of ${problems.length} alternatives)` };
	}
	return wrongType([...new Set(problems.flatMap((one) => one.types ?? []))], got, place);
}

/** Deeper is closer; a fixed value that differs says least about what was meant. */
function closeness({ place, types, isChoice }: ValueProblem): number {
	const certainty = isChoice === true ? 0 : types === undefined ? 2 : 1;
	return (place?.depth ?? 0) * 3 + certainty;
}

function typeNames(types: readonly string[]): string {
	return types.map((type) => TYPES[type] ?? type).join(' or ');
}
