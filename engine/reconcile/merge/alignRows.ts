import type { JsonObject, JsonValue } from '../../spec/json';
import { sum } from '../methods/vote';
import { isObject, leavesOf } from './leavesOf';
import { readingOf, type Merge, type Present } from './voices';

/** One row of a list as the answers give it; an answer without it has no voice here. */
export interface Row {
	readonly voices: readonly Present[];
	/** Where it stands, on average; rows are put in this order. */
	readonly position: number;
}

interface OpenRow {
	readonly voices: Present[];
	readonly places: number[];
	/** What the rows in it hold, each different one once. */
	readonly contents: Array<ReadonlyMap<string, string>>;
	readonly keys: Set<string>;
}

/** Rows that share more of what they hold than they differ are the same one. */
const SAME_SHARE = 0.5;
/** Comparing each row with each is left to lists of a length that people read. */
const MAX_COMPARISONS = 200_000;

/**
 * Finds which rows of several lists are the same one: those with the same key where the builder names
 * it; else equal ones first, then the most alike.
 *
 * @param joinsForms whether rows of the same form that no answer has both of are then taken for one
 */
export function alignRows(
	lists: readonly Present[],
	joinsForms: boolean,
	merge: Merge,
): readonly Row[] {
	const rows: OpenRow[] = [];
	const byKey = new Map<string, OpenRow[]>();
	let comparisons = merge.rowKey === undefined ? MAX_COMPARISONS : 0;
	for (const list of lists) {
		const used = new Set<OpenRow>();
		const take = (row: OpenRow, element: Element): void => {
			used.add(row);
			row.voices.push(element.voice);
			row.places.push(element.place);
			if (row.keys.has(element.key)) return;
			row.keys.add(element.key);
			row.contents.push(element.content);
			byKey.set(element.key, [...(byKey.get(element.key) ?? []), row]);
		};
		const left = elementsOf(list, merge).filter((element) => {
			const known = byKey.get(element.key)?.find((row) => !used.has(row));
			if (known !== undefined) take(known, element);
			return known === undefined;
		});
		for (const element of left) {
			const open = comparisons < rows.length ? [] : rows.filter((row) => !used.has(row));
			comparisons -= open.length;
			const like = mostAlike(element, open);
			const row = like ?? { voices: [], places: [], contents: [], keys: new Set() };
			if (like === undefined) rows.push(row);
			take(row, element);
		}
	}
	return inOrder(joinsForms && merge.rowKey === undefined ? joinByStructure(rows) : rows);
}

function elementsOf(list: Present, merge: Merge): Element[] {
	return (list.value as readonly JsonObject[]).map((value, place) => ({
		voice: { ...list, value },
		place,
		key: identity(value, merge),
		content: leavesOf(value, merge),
	}));
}

function inOrder(
	rows: ReadonlyArray<{ readonly voices: readonly Present[]; readonly places: readonly number[] }>,
): readonly Row[] {
	return rows
		.map(({ voices, places }) => ({ voices, position: sum(places) / places.length }))
		.sort((a, b) => a.position - b.position);
}

interface Element {
	readonly voice: Present;
	readonly place: number;
	readonly key: string;
	readonly content: ReadonlyMap<string, string>;
}

function identity(value: JsonObject, merge: Merge): string {
	const { rowKey } = merge;
	const named = rowKey !== undefined && Object.hasOwn(value, rowKey) ? value[rowKey] : undefined;
	return readingOf(named ?? value, merge).key;
}

function mostAlike({ content, place }: Element, rows: readonly OpenRow[]): OpenRow | undefined {
	let best: { readonly row: OpenRow; readonly likeness: number; readonly away: number } | undefined;
	for (const row of rows) {
		const likeness = likenessOf(content, row.contents);
		const away = Math.abs((row.places[0] ?? 0) - place);
		const isBetter =
			best === undefined ||
			likeness > best.likeness ||
			(likeness === best.likeness && away < best.away);
		if (likeness > SAME_SHARE && isBetter) best = { row, likeness, away };
	}
	return best?.row;
}

/** Share of equal leaves, 0–1, with the row of the group that is most alike. */
function likenessOf(
	content: ReadonlyMap<string, string>,
	others: ReadonlyArray<ReadonlyMap<string, string>>,
): number {
	return others.reduce((most, other) => {
		const equal = [...content].filter(([path, key]) => other.get(path) === key).length;
		return Math.max(most, equal / Math.max(content.size, other.size, 1));
	}, 0);
}

/** Rows of the same structure that no answer has both of are one row, seen differently. */
function joinByStructure(rows: readonly OpenRow[]): readonly OpenRow[] {
	const joined: OpenRow[] = [];
	const byStructure = new Map<string, OpenRow[]>();
	const heaviestFirst = [...rows].sort((a, b) => b.voices.length - a.voices.length);
	for (const row of heaviestFirst) {
		const structure = [...(row.contents[0]?.keys() ?? [])].sort().join('\n');
		const alike = byStructure.get(structure) ?? [];
		const models = new Set(row.voices.map(({ index }) => index));
		const partner = alike
			.slice(0, MAX_PARTNERS)
			.filter((other) => !other.voices.some(({ index }) => models.has(index)))
			.sort((a, b) => distance(a, row) - distance(b, row))[0];
		if (partner === undefined) {
			byStructure.set(structure, [...alike, row]);
			joined.push(row);
			continue;
		}
		partner.voices.push(...row.voices);
		partner.places.push(...row.places);
	}
	return joined;
}

const MAX_PARTNERS = 200;

function distance(a: OpenRow, b: OpenRow): number {
	return Math.abs((a.places[0] ?? 0) - (b.places[0] ?? 0));
}

/** Elements that are no objects: equal ones are one row, the second of two equal ones another. */
export function alignElements(lists: readonly Present[], merge: Merge): readonly Row[] {
	const rows = new Map<string, { voices: Present[]; places: number[] }>();
	for (const list of lists) {
		const counts = new Map<string, number>();
		(list.value as readonly JsonValue[]).forEach((value, place) => {
			const { key } = readingOf(value, merge);
			const count = (counts.get(key) ?? 0) + 1;
			counts.set(key, count);
			const row = rows.get(`${count}\n${key}`) ?? { voices: [], places: [] };
			rows.set(`${count}\n${key}`, row);
			row.voices.push({ ...list, value });
			row.places.push(place);
		});
	}
	return inOrder([...rows.values()]);
}

export function areRows(lists: readonly Present[]): boolean {
	const areObjects = lists.every(({ value }) => (value as readonly JsonValue[]).every(isObject));
	return areObjects && lists.some(({ value }) => (value as readonly JsonValue[]).length > 0);
}
