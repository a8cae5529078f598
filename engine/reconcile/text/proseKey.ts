/**
 * Words in a row, one space apart. Punctuation goes from the ends of words, apostrophes also from
 * within; a hyphen between words counts as a space. Inside a word (`a.b@c.org`, `10:30`) and before
 * a number (`-5`, `.5`) it has a meaning and stays. One pass: texts may be megabytes long.
 */
export function proseKey(text: string): string {
	const plain = INNER_SIGNS.test(text) ? text.replace(APOSTROPHES, '').replace(HYPHENS, ' ') : text;
	const runs: string[] = [];
	let runStart = 0;
	let runEnd = -1;
	for (let index = 0; index < plain.length; index += 1) {
		if (kindAt(plain, index) === SPACE) continue;
		const wordEnd = endOfWord(plain, index);
		const start = startWithoutEdge(plain, index, wordEnd);
		const end = endWithoutEdge(plain, start, wordEnd);
		index = wordEnd;
		if (start === end) continue;
		// Words that stand one space apart already are copied in one piece.
		if (start !== runEnd + 1 || plain[runEnd] !== ' ') {
			if (runEnd !== -1) runs.push(plain.slice(runStart, runEnd));
			runStart = start;
		}
		runEnd = end;
	}
	if (runEnd !== -1) runs.push(plain.slice(runStart, runEnd));
	return runs.join(' ');
}

const INNER_SIGNS = /['’`–—-]/;
const APOSTROPHES = /['’`]/g;
const HYPHENS = /(?<=\p{L})[-–—](?=\p{L})/gu;

const OTHER = 0;
const SPACE = 1;
const EDGE = 2;

const EDGE_SIGNS = '.,;:!?"()[]{}*_~|\\-…“”„«»‘’‚–—¿¡。、，．：；！？「」『』\'`';
const KINDS = new Map<number, number>([
	...Array.from(EDGE_SIGNS, (sign) => [sign.charCodeAt(0), EDGE] as const),
	...Array.from('\u00a0\u2028\u2029\u3000', (sign) => [sign.charCodeAt(0), SPACE] as const),
]);
/** The same for ASCII, which nearly all text is. */
const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) =>
	code <= 32 ? SPACE : (KINDS.get(code) ?? OTHER),
);

function kindAt(text: string, index: number): number {
	const code = text.charCodeAt(index);
	return code < 128 ? (ASCII_KINDS[code] ?? OTHER) : (KINDS.get(code) ?? OTHER);
}

function endOfWord(text: string, start: number): number {
	let end = start;
	while (end < text.length && kindAt(text, end) !== SPACE) end += 1;
	return end;
}

function startWithoutEdge(text: string, from: number, to: number): number {
	let start = from;
	while (start < to && kindAt(text, start) === EDGE && !isNumberSign(text, start)) start += 1;
	return start;
}

function endWithoutEdge(text: string, from: number, to: number): number {
	let end = to;
	while (end > from && kindAt(text, end - 1) === EDGE) end -= 1;
	return end;
}

const SIGNED_NUMBER = /-?\.?\d/y;

function isNumberSign(text: string, index: number): boolean {
	const sign = text[index];
	if (sign !== '-' && sign !== '.') return false;
	SIGNED_NUMBER.lastIndex = index;
	return SIGNED_NUMBER.test(text);
}
