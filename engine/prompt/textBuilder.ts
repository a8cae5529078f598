/** Text that is put together of many pieces; a million of them never come together at one time. */
export interface TextBuilder {
	readonly add: (piece: string) => void;
	readonly toText: () => string;
}

const PIECES_PER_BLOCK = 2_000;

/** @param separator what stands between two pieces */
export function createTextBuilder(separator = ''): TextBuilder {
	const blocks: string[] = [];
	let pieces: string[] = [];
	return {
		add: (piece) => {
			pieces.push(piece);
			if (pieces.length < PIECES_PER_BLOCK) return;
			blocks.push(pieces.join(separator));
			pieces = [];
		},
		toText: () =>
			(pieces.length === 0 ? blocks : [...blocks, pieces.join(separator)]).join(separator),
	};
}
