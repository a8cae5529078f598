import { createTextBuilder } from './textBuilder';

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
	toText(): string;
}

const BLANKS = /[ \t\n\r\f]+/g;

export function createTextLayout(): TextLayout {
	const text = createTextBuilder();
	let isEmpty = true;
	let breaks = 0;
	let endsInBlank = true;
	let marker = '';

	return {
		add(piece) {
			const joined = piece.replace(BLANKS, ' ');
			const visible = endsInBlank || breaks > 0 ? joined.trimStart() : joined;
			if (visible === '') {
				if (joined !== '' && !endsInBlank && breaks === 0) write(' ');
			} else write(visible);
		},
		addPlain: write,
		breakLines(count) {
			if (!isEmpty) breaks = Math.max(breaks, count);
		},
		startLine(start) {
			marker = start;
		},
		toText: () => text.toText().trimEnd(),
	};

	function write(piece: string): void {
		if (piece === '') return;
		text.add(`${'\n'.repeat(breaks)}${marker}${piece}`);
		isEmpty = false;
		breaks = 0;
		marker = '';
		endsInBlank = piece.endsWith(' ') || piece.endsWith('\n');
	}
}
