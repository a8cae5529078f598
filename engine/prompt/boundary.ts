/** Where a text can be cut, the best place first. Each pattern ends where the cut would be. */
const PLACES: readonly RegExp[] = [
	/\n[ \t]*\n\s*/g,
	/\n\s*/g,
	/[.!?…]["')\]”’»]*\s+|[。！？]["')\]”’」』]*/g,
	/\s+/g,
];
const BLANK = /\s/;
/** Signs around a place that decide where one letter ends; longer clusters do not occur. */
const CLUSTER_CHARS = 40;

/**
 * The best place to cut a text at or shortly before `index`: after a paragraph, a line, a sentence or
 * a word, if there is one in the last `reach` signs; else between two letters, never inside one.
 */
export function cutBefore(text: string, index: number, reach: number): number {
	if (index >= text.length) return text.length;
	const start = Math.max(0, index - reach);
	const region = text.slice(start, index);
	for (const place of PLACES) {
		let last = 0;
		for (const found of region.matchAll(place)) last = found.index + found[0].length;
		if (last > 0) return start + last;
		// The next sign is a blank: a word ends right here.
		if (place === PLACES.at(-1) && reach > 0 && BLANK.test(text.charAt(index))) return index;
	}
	return letterStart(text, index);
}

/** The best place to cut a text at or shortly after `index`. */
export function cutAfter(text: string, index: number, reach: number): number {
	if (index <= 0) return 0;
	const region = text.slice(index - 1, index + reach);
	for (const place of PLACES) {
		for (const found of region.matchAll(place)) {
			const end = index - 1 + found.index + found[0].length;
			if (end >= index && end < text.length) return end;
		}
	}
	return letterEnd(text, index);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The start of the letter (as people see it) that `index` stands in. */
function letterStart(text: string, index: number): number {
	const start = clusterFloor(text, index);
	const segment = segmenter
		.segment(text.slice(start, index + CLUSTER_CHARS))
		.containing(index - start);
	return segment === undefined ? index : start + segment.index;
}

function letterEnd(text: string, index: number): number {
	const start = letterStart(text, index);
	if (start === index) return index;
	const [segment] = segmenter.segment(text.slice(start, start + 2 * CLUSTER_CHARS));
	return start + (segment?.segment.length ?? 0);
}

/** A place before `index` where no letter is cut: not between the halves of a surrogate pair. */
function clusterFloor(text: string, index: number): number {
	const start = Math.max(0, index - CLUSTER_CHARS);
	const isLowHalf = (text.charCodeAt(start) & 0xfc00) === 0xdc00;
	return start > 0 && isLowHalf ? start - 1 : start;
}
