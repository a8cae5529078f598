import type { JsonObject, JsonValue } from '../spec/json';
import { isList } from './jsonKind';
import { count } from './jsonPreview';
import { spend } from './regexMatch';
import type { Check, Evaluated } from './schemaEvaluate';
import { type Place, inside } from './schemaPlace';
import type { ValueProblem } from './schemaProblems';
import { canonical } from './schemaScalars';

/** The keywords about lists, `unevaluatedItems` apart. */
export function arrayProblem(
	check: Check,
	schema: JsonObject,
	items: readonly JsonValue[],
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	spend(check.budget, items.length);
	const message = sizeMessage(schema, items.length);
	if (message !== undefined) return { place, say: () => message };
	return (
		itemsProblem(check, schema, items, place, seen) ??
		containsProblem(check, schema, items, place, seen) ??
		(schema.uniqueItems === true ? repeatProblem(check, items, place) : undefined)
	);
}

function sizeMessage({ minItems, maxItems }: JsonObject, length: number): string | undefined {
	if (typeof minItems === 'number' && length < minItems) {
		return `expected at least ${count(minItems, '# item')}, got ${length}`;
	}
	if (typeof maxItems === 'number' && length > maxItems) {
		return `expected at most ${count(maxItems, '# item')}, got ${length}`;
	}
	return undefined;
}

/** Up to 2019-09 a list of schemas stood in `items` and the rest in `additionalItems`. */
function itemsProblem(
	{ apply }: Check,
	schema: JsonObject,
	items: readonly JsonValue[],
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	const isOldTuple = isList(schema.items);
	const listed = isOldTuple ? schema.items : schema.prefixItems;
	const tuple = isList(listed) ? listed : [];
	const rest = isOldTuple ? schema.additionalItems : schema.items;
	const covered = rest === undefined ? Math.min(tuple.length, items.length) : items.length;
	for (let index = 0; index < covered; index++) {
		const item = items[index] as JsonValue;
		const problem = apply(index < tuple.length ? tuple[index] : rest, item, inside(place, index));
		if (problem !== undefined) return problem;
		seen?.add(index);
	}
	return undefined;
}

function containsProblem(
	{ apply, document }: Check,
	{ contains, minContains = 1, maxContains = Infinity }: JsonObject,
	items: readonly JsonValue[],
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	if (contains === undefined) return undefined;
	let found = 0;
	for (const [index, item] of items.entries()) {
		if (apply(contains, item, inside(place, index)) !== undefined) continue;
		found++;
		if (document.draft >= 2020) seen?.add(index);
	}
	if (found < Number(minContains)) {
		const message = `expected at least ${count(Number(minContains), '# item')} that fit "contains", got ${found}`;
		return { place, say: () => message };
	}
	if (found <= Number(maxContains)) return undefined;
	const message = `expected at most ${count(Number(maxContains), '# item')} that fit "contains", got ${found}`;
	return { place, say: () => message };
}

function repeatProblem(
	{ budget }: Check,
	items: readonly JsonValue[],
	place: Place | undefined,
): ValueProblem | undefined {
	const places = new Map<string, number>();
	for (const [index, item] of items.entries()) {
		const text = canonical(item, budget);
		const before = places.get(text);
		if (before !== undefined) {
			return { place, say: () => `items ${before} and ${index} are the same, all must differ` };
		}
		places.set(text, index);
	}
	return undefined;
}

export function unevaluatedItemsProblem(
	{ apply }: Check,
	schema: JsonObject,
	items: readonly JsonValue[],
	place: Place | undefined,
	seen: Evaluated | undefined,
): ValueProblem | undefined {
	if (schema.unevaluatedItems === undefined) return undefined;
	for (const [index, item] of items.entries()) {
		if (seen?.has(index)) continue;
		const problem = apply(schema.unevaluatedItems, item, inside(place, index));
		if (problem !== undefined) return problem;
		seen?.add(index);
	}
	return undefined;
}
