/** A line of a text, and whether it belongs to a fenced code block (its fences included). */
export interface FencedLine {
	readonly line: string;
	readonly isCode: boolean;
}

export interface FencedText {
	readonly lines: readonly FencedLine[];
	/** The fence that was never closed, such as three backticks; absent when all are. */
	readonly openFence?: string;
}

/** CommonMark: three or more backticks or tildes, indented by at most three spaces. */
const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;

/** Tells the lines of code blocks from the others. `text` has `\n` at its line ends. */
export function readFences(text: string): FencedText {
	let open: string | undefined;
	const lines = text.split('\n').map((line): FencedLine => {
		const [, fence = '', info = ''] = FENCE.exec(line) ?? [];
		if (open === undefined) {
			// Backticks after backticks are code in a line, not the start of a block.
			if (fence === '' || (fence.startsWith('`') && info.includes('`')))
				return { line, isCode: false };
			open = fence;
		} else if (fence.startsWith(open) && info.trim() === '') open = undefined;
		return { line, isCode: true };
	});
	return open === undefined ? { lines } : { lines, openFence: open };
}
