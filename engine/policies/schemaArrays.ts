import type { JsonObject, JsonValue } from '../spec/json';
import { isList } from './jsonKind';
import { count } from './jsonPreview';
import { type WorkBudget, spend } from './regexMatch';
import type { Rule, RuleMaker } from './schemaEvaluate';
import { inside } from './schemaPlace';
import { canonical, isSimple } from './schemaScalars';

const STEPS_PER_ITEM = 1;
const STEPS_PER_REMEMBERED = 10;

/** The keywords about lists, `unevaluatedItems` apart. */
export function arrayRules(maker: RuleMaker, schema: JsonObject): (Rule | undefined)[] {
	return [
		sizeRule(schema),
		itemsRule(maker, schema),
		containsRule(maker, schema),
		schema.uniqueItems === true ? repeatRule(maker.work) : undefined,
	];
}

function sizeRule({ minItems, maxItems }: JsonObject): Rule | undefined {
	if (minItems === undefined && maxItems === undefined) return undefined;
	return (value, place) => {
		if (!isList(value)) return undefined;
		const got = value.length;
		if (typeof minItems === 'number' && got < minItems) {
			return { place, say: () => `expected at least ${count(minItems, '# item')}, got ${got}` };
		}
		if (typeof maxItems === 'number' && got > maxItems) {
			return { place, say: () => `expected at most ${count(maxItems, '# item')}, got ${got}` };
		}
		return undefined;
	};
}

/** Up to 2019-09 a list of schemas stood in `items` and the rest in `additionalItems`. */
function itemsRule({ rule, work }: RuleMaker, schema: JsonObject): Rule | undefined {
	const isOldTuple = isList(schema.items);
	const listed = isOldTuple ? schema.items : schema.prefixItems;
	const tuple = (isList(listed) ? listed : []).map(rule);
	const after = isOldTuple ? schema.additionalItems : schema.items;
	if (tuple.length === 0 && after === undefined) return undefined;
	const rest = rule(after);
	return (value, place, seen) => {
		if (!isList(value)) return undefined;
		const covered = after === undefined ? Math.min(tuple.length, value.length) : value.length;
		spend(work, covered * STEPS_PER_ITEM);
		for (let index = 0; index < covered; index++) {
			const item = index < tuple.length ? tuple[index] : rest;
			const problem = item?.(value[index] as JsonValue, inside(place, index));
			if (problem !== undefined) return problem;
			seen?.add(index);
		}
		return undefined;
	};
}

function containsRule(
	{ rule, work, document }: RuleMaker,
	{ contains, minContains = 1, maxContains = Infinity }: JsonObject & { maxContains?: number },
): Rule | undefined {
	if (contains === undefined) return undefined;
	const wanted = rule(contains);
	const [least, most] = [Number(minContains), Number(maxContains)];
	return (value, place, seen) => {
		if (!isList(value)) return undefined;
		spend(work, value.length * STEPS_PER_ITEM);
		let found = 0;
		for (const [index, item] of value.entries()) {
			if (wanted?.(item, inside(place, index)) !== undefined) continue;
			found++;
			if (document.draft >= 2020) seen?.add(index);
		}
		if (found >= least && found <= most) return undefined;
		const limit =
			found < least ? `at least ${count(least, '# item')}` : `at most ${count(most, '# item')}`;
		return { place, say: () => `expected ${limit} that fit "contains", got ${found}` };
	};
}

function repeatRule(work: WorkBudget): Rule {
	return (value, place) => {
		if (!isList(value)) return undefined;
		spend(work, value.length * STEPS_PER_REMEMBERED);
		const simple = new Map<JsonValue, number>();
		const others = new Map<string, number>();
		for (const [index, item] of value.entries()) {
			const places = isSimple(item) ? simple : others;
			const key = isSimple(item) ? item : canonical(item, work);
			const before = places.get(key);
			if (before !== undefined) {
				return { place, say: () => `items ${before} and ${index} are the same, all must differ` };
			}
			places.set(key, index);
		}
		return undefined;
	};
}

export function unevaluatedItemsRule(
	{ rule, work }: RuleMaker,
	{ unevaluatedItems }: JsonObject,
): Rule | undefined {
	if (unevaluatedItems === undefined) return undefined;
	const rest = rule(unevaluatedItems);
	return (value, place, seen) => {
		if (!isList(value)) return undefined;
		spend(work, value.length * STEPS_PER_ITEM);
		for (const [index, item] of value.entries()) {
			if (seen?.has(index)) continue;
			const problem = rest?.(item, inside(place, index));
			if (problem !== undefined) return problem;
			seen?.add(index);
		}
		return undefined;
	};
}
