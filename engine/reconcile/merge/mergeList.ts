import type { JsonValue } from '../../spec/json';
import type { FieldRule } from '../../spec/reconcile';
import { asVote, isTie, sum } from '../methods/vote';
import { alignElements, alignRows, areRows, type Row } from './alignRows';
import {
	indicesOf,
	isLeftOut,
	modelsOf,
	othersThan,
	rankVoices,
	readingOf,
	shareOf,
	weightOfAll,
	type Merge,
	type Place,
	type Present,
	type Voice,
} from './voices';

/** How one row is made of several. */
type MergeRow = (voices: readonly Voice[], place: Place, merge: Merge) => JsonValue | undefined;

/**
 * Several lists to one. Lists of objects: row by row. Others by the rule of the field; `auto`: the
 * list that more than half give, else the elements that at least half name, else the commonest list.
 */
export function mergeList(
	lists: readonly Present[],
	place: Place,
	merge: Merge,
	mergeRow: MergeRow,
): readonly JsonValue[] {
	const rule = merge.ruleFor(place.path);
	if (areRows(lists) && rule !== 'vote') return mergeRows(lists, rule, place, merge, mergeRow);
	const groups = rankVoices(lists, merge);
	const [first, second] = groups;
	const isWhole = first !== undefined && first.weight * 2 > weightOfAll(lists);
	const rows = rule === 'vote' || (rule === 'auto' && isWhole) ? [] : alignElements(lists, merge);
	const kept = rows.filter((row) => isKept(row, lists, rule));
	const isByElement = rule === 'union' || rule === 'intersection' || kept.length > 0;
	const value = isByElement
		? kept.flatMap(({ voices }) => rankVoices(voices, merge)[0]?.answer ?? [])
		: ((first?.answer ?? []) as readonly JsonValue[]);
	const { key } = readingOf(value, merge);
	const chosen = groups.find(({ ballots }) => ballots[0]?.reading?.key === key);
	const isBehind = new Set(chosen?.ballots.map(({ index }) => index));
	merge.leaves.push({
		field: place.field,
		values: [
			...(chosen === undefined ? [] : [chosen]),
			...groups.filter((group) => group !== chosen),
		].map(asVote),
		absent: [],
		behind: [...isBehind],
		share: isByElement
			? meanSupport(rows, lists)
			: shareOf(
					lists.filter(({ index }) => isBehind.has(index)),
					lists,
				),
		isTie: !isByElement && isTie(first, second, weightOfAll(lists)),
	});
	return value;
}

function mergeRows(
	lists: readonly Present[],
	rule: FieldRule,
	place: Place,
	merge: Merge,
	mergeRow: MergeRow,
): readonly JsonValue[] {
	const merged: JsonValue[] = [];
	for (const row of alignRows(lists, rule === 'auto', merge)) {
		const isIn = isKept(row, lists, rule);
		const at = { field: `${place.field}[${isIn ? merged.length : '+'}]`, path: place.path };
		const value = isIn ? mergeRow(row.voices, at, merge) : undefined;
		if (value !== undefined) merged.push(value);
		const without = othersThan(row.voices, lists);
		if (without.length === 0) continue;
		const behind = isIn ? row.voices : without;
		merge.leaves.push({
			field: at.field,
			values:
				value === undefined
					? rankVoices(row.voices, merge).map(asVote)
					: [{ answer: value, weight: weightOfAll(row.voices), models: modelsOf(row.voices) }],
			absent: modelsOf(without),
			behind: indicesOf(behind),
			share: shareOf(behind, lists),
			isTie: false,
		});
	}
	return merged;
}

function isKept({ voices }: Row, lists: readonly Present[], rule: FieldRule): boolean {
	if (rule === 'union') return true;
	if (rule === 'intersection') return voices.length === lists.length;
	return !isLeftOut(voices, othersThan(voices, lists));
}

/** Of each element the share that names it, on average. */
function meanSupport(rows: readonly Row[], lists: readonly Present[]): number {
	if (rows.length === 0) return 0;
	return sum(rows.map(({ voices }) => shareOf(voices, lists))) / rows.length;
}
