/**
 * Text that grows piece by piece the way a page is laid out: blanks run together, and breaks asked
 * for at the same place do not add up.
 */
export interface TextLayout {
	/** Text whose blanks run together. */
	add(text: string): void;
	/** Text as it is. */
	addPlain(text: string): void;
	/** At least this many line breaks before the next text; none before the first. */
	breakLines(count: number): void;
	/** Written at the start of the next line. */
	startLine(marker: string): void;
	isEmpty(): boolean;
	toText(): string;
}

const BLANKS = /[ \t\n\r\f]+/g;

export function createTextLayout(): TextLayout {
	const pieces: string[] = [];
	let breaks = 0;
	let endsInBlank = true;
	let marker = '';

	return {
		add(text) {
			const joined = text.replace(BLANKS, ' ');
			const visible = endsInBlank || breaks > 0 ? joined.trimStart() : joined;
			if (visible === '') {
				if (joined !== '' && !endsInBlank && breaks === 0) write(' ');
			} else write(visible);
		},
		addPlain: write,
		breakLines(count) {
			if (pieces.length > 0) breaks = Math.max(breaks, count);
		},
		startLine(text) {
			marker = text;
		},
		isEmpty: () => pieces.length === 0,
		toText: () => pieces.join('').trimEnd(),
	};

	function write(text: string): void {
		if (text === '') return;
		if (breaks > 0) pieces.push('\n'.repeat(breaks));
		pieces.push(marker, text);
		breaks = 0;
		marker = '';
		endsInBlank = text.endsWith(' ') || text.endsWith('\n');
	}
}
