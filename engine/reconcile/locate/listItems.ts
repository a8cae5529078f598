import type { JsonValue } from '../../spec/json';
import { unwrap } from '../text/unwrap';

/** `- a`, `* a`, `• a`, `1. a`, `2) a`, `(c) a`, `[ ] a`. */
const BULLET =
	/^([ \t]*)(?:[-*+•‣▪–—]|\(?(?:\d{1,4}|[a-zA-Z])[.)])(?:[ \t]+\[[ xX]\])?[ \t]+(?=\S)/;
const FENCE = /^\s*```/;
const HEADING = /^\s*#{1,6}\s|:\s*$/;
const SEPARATOR = /\s*(?:[;,]\s+(?:and |or |und |et |y )?|;|\s(?:and|und|et)\s)/;
const LONGEST_LINE = 10_000;

/** The items of a list that is written as text: bullets or numbers, else a line with commas, else lines. */
export function listItems(text: string): readonly string[] {
	const lines = text.split('\n').filter((line) => line.trim() !== '' && !FENCE.test(line));
	const bullets = bulletItems(lines);
	if (bullets.length > 0) return bullets;
	const [only = ''] = lines;
	if (lines.length <= 1) return lineItems(only);
	const items = lines.filter((line) => !HEADING.test(line));
	return (items.length === 0 ? lines : items).map((line) => unwrap(line));
}

/** Items of the outermost list; what is indented below one belongs to it. */
function bulletItems(lines: readonly string[]): string[] {
	const items: string[] = [];
	let outermost: number | undefined;
	for (const line of lines) {
		const found = BULLET.exec(line);
		if (found === null) continue;
		const indent = found[1]?.length ?? 0;
		outermost ??= indent;
		if (indent <= outermost) items.push(plainItem(line.slice(found[0].length)));
	}
	return items;
}

function lineItems(line: string): string[] {
	const plain = unwrap(line).replace(/[.。]$/, '');
	if (plain.length > LONGEST_LINE) return [plain];
	return plain
		.split(SEPARATOR)
		.map((item) => unwrap(item))
		.filter((item) => item !== '');
}

/** A list in a document: the document itself, or the only list among its fields. */
export function listIn(document: JsonValue | undefined): readonly JsonValue[] | undefined {
	if (Array.isArray(document)) return document as readonly JsonValue[];
	if (typeof document !== 'object' || document === null) return undefined;
	const lists = Object.values(document).filter((value) => Array.isArray(value));
	return lists.length === 1 ? (lists[0] as readonly JsonValue[]) : undefined;
}

const BOLD_HEAD = /^(\*\*|__)([^*_]{1,200})\1\s*[:–—-]/;

/** Without what models put around it, but with the emphasis on its head. */
function plainItem(item: string): string {
	return BOLD_HEAD.test(item) ? item.trim() : unwrap(item);
}

/** What tells an item from others: of `**Paris**: the capital` the head. */
export function itemHead(item: string): string {
	return BOLD_HEAD.exec(item)?.[2] ?? item;
}
