import type { JsonObject, JsonValue } from '../../spec/json';
import type { FieldRule } from '../../spec/reconcile';
import { asVote, EQUAL_SHARE, isTie } from '../methods/vote';
import { centreOfNumbers } from './centreOfNumbers';
import { isObject } from './leavesOf';
import { mergeList } from './mergeList';
import {
	indicesOf,
	isLeftOut,
	isPresent,
	modelsOf,
	othersThan,
	rankVoices,
	shareOf,
	weightOfAll,
	type Merge,
	type Place,
	type Present,
	type Voice,
} from './voices';

/**
 * What several answers hold at one place, to one value: objects field by field, lists by their rows
 * or elements, the rest by the rule for the field. `undefined`: most leave it out.
 */
export function mergeValue(
	voices: readonly Voice[],
	place: Place,
	merge: Merge,
): JsonValue | undefined {
	const [first] = voices;
	if (first !== undefined && isScalar(first.value) && areAll(first.value, voices)) {
		merge.leaves.push({ ...UNANIMOUS, field: place.field, behind: indicesOf(voices) });
		return first.value;
	}
	const present = voices.filter(isPresent);
	const absent = voices.filter((voice) => !isPresent(voice));
	if (present.length === 0) return undefined;
	if (isLeftOut(present, absent)) {
		merge.leaves.push({
			field: place.field,
			values: rankVoices(present, merge).map(asVote),
			absent: modelsOf(absent),
			behind: indicesOf(absent),
			share: shareOf(absent, voices),
			isTie: false,
		});
		return undefined;
	}
	const objects = present.filter(({ value }) => isObject(value));
	if (areMost(objects, present)) {
		const value = mergeObjects(objects, place, merge);
		return voted(value, objects, voices, place, merge);
	}
	const lists = present.filter(({ value }) => Array.isArray(value));
	if (areMost(lists, present)) {
		const value = mergeList(lists, place, merge, mergeValue);
		return voted(value, lists, voices, place, merge);
	}
	return mergeScalars(present, voices, place, merge);
}

/** The common case, and all the rest would say the same of it. */
const UNANIMOUS = { values: [], absent: [], share: 1, isTie: false } as const;

function isScalar(value: JsonValue | undefined): value is string | number | boolean | null {
	return value !== undefined && (value === null || typeof value !== 'object');
}

function areAll(value: JsonValue, voices: readonly Voice[]): boolean {
	return voices.every((voice) => voice.value === value);
}

function areMost(some: readonly Present[], all: readonly Present[]): boolean {
	return some.length > 0 && weightOfAll(some) * 2 > weightOfAll(all);
}

/** Notes those who hold no object or list here although most do. */
function voted(
	value: JsonValue,
	behind: readonly Present[],
	voices: readonly Voice[],
	{ field }: Place,
	merge: Merge,
): JsonValue {
	if (behind.length === voices.length) return value;
	const others = othersThan(behind, voices);
	const chosen = { answer: value, weight: weightOfAll(behind), models: modelsOf(behind) };
	merge.leaves.push({
		field,
		values: [chosen, ...rankVoices(others.filter(isPresent), merge).map(asVote)],
		absent: modelsOf(others.filter((voice) => !isPresent(voice))),
		behind: indicesOf(behind),
		share: shareOf(behind, voices),
		isTie: isEqual(weightOfAll(behind), weightOfAll(others), voices),
	});
	return value;
}

function isEqual(a: number, b: number, voices: readonly Voice[]): boolean {
	return Math.abs(a - b) <= weightOfAll(voices) * EQUAL_SHARE;
}

function mergeObjects(objects: readonly Present[], place: Place, merge: Merge): JsonObject {
	const names = new Set(objects.flatMap(({ value }) => Object.keys(value as JsonObject)));
	const merged = [...names].flatMap((name) => {
		const within = objects.map(({ index, model, weight, value: whole }) => ({
			index,
			model,
			weight,
			value: own(whole, name),
		}));
		const value = mergeValue(within, inside(place, name), merge);
		return value === undefined ? [] : [[name, value] as const];
	});
	return Object.fromEntries(merged);
}

function own(value: JsonValue, name: string): JsonValue | undefined {
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function inside({ field, path }: Place, name: string): Place {
	return {
		field: field === '' ? name : `${field}.${name}`,
		path: path === '' ? name : `${path}.${name}`,
	};
}

const CENTRES: Partial<Record<FieldRule, 'median' | 'mean'>> = { median: 'median', mean: 'mean' };

function mergeScalars(
	present: readonly Present[],
	voices: readonly Voice[],
	{ field, path }: Place,
	merge: Merge,
): JsonValue {
	const groups = rankVoices(present, merge);
	const [first, second] = groups;
	const absent = voices.filter((voice) => !isPresent(voice));
	const rule = CENTRES[merge.ruleFor(path)];
	const computed = rule && centreOfNumbers(groups, rule, merge.agreeWithin);
	const behind = new Set(computed?.near ?? first?.ballots.map(({ index }) => index));
	const isBehind = ({ index }: { readonly index: number }) => behind.has(index);
	const isWith = groups.filter(({ ballots }) => ballots.some(isBehind));
	merge.leaves.push({
		field,
		values: [...isWith, ...groups.filter((group) => !isWith.includes(group))].map(asVote),
		absent: modelsOf(absent),
		behind: [...behind],
		share: shareOf(voices.filter(isBehind), voices),
		isTie:
			computed === undefined &&
			(isTie(first, second, weightOfAll(voices)) ||
				(absent.length > 0 && isEqual(first?.weight ?? 0, weightOfAll(absent), voices))),
	});
	return computed?.answer ?? first?.answer ?? null;
}
