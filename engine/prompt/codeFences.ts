/** A line of a text, and whether it belongs to a fenced code block (its fences included). */
export interface FencedLine {
	readonly line: string;
	readonly isCode: boolean;
	/** The fence that is open after this line, such as three backticks; empty when none is. */
	readonly openFence: string;
}

/** CommonMark: three or more backticks or tildes, indented by at most three spaces. */
const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;
const LINE_ENDS = /\r?\n/g;

/**
 * The lines of a text, one by one, those of code blocks told from the others.
 *
 * @param lineEnds what ends a line; a global pattern
 */
export function* fencedLines(
	text: string,
	lineEnds = LINE_ENDS,
): Generator<FencedLine, void, void> {
	let openFence = '';
	let start = 0;
	for (;;) {
		lineEnds.lastIndex = start;
		const end = lineEnds.exec(text);
		const line = text.slice(start, end?.index);
		const [, fence = '', info = ''] = mayBeFence(line) ? (FENCE.exec(line) ?? []) : [];
		let isCode = openFence !== '';
		if (isCode) {
			if (fence.startsWith(openFence) && info.trim() === '') openFence = '';
		} else if (fence !== '' && !(fence.startsWith('`') && info.includes('`'))) {
			// Backticks after backticks are code in a line, not the start of a block.
			openFence = fence;
			isCode = true;
		}
		yield { line, isCode, openFence };
		if (end === null) return;
		start = end.index + end[0].length;
	}
}

function mayBeFence(line: string): boolean {
	const first = line.charCodeAt(0);
	return first === 0x60 || first === 0x7e || first === 0x20;
}
