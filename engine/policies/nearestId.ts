/** Names shorter than this have hardly any letters that could be mistyped. */
const LONG_NAME = 8;
/** What vendors append to a name: the date of a snapshot, or a word for the newest one. */
const SUFFIX = /-(?:latest|20\d{2}-\d{2}-\d{2}|20\d{6}|0\d{2})$/;

/**
 * The known ID that was probably meant by `id`, by the letters in which they differ: two at most,
 * in a short name one. Names with other digits are other versions, not slips, and are never near.
 */
export function nearestId(id: string, known: readonly string[]): string | undefined {
	const name = plainName(id);
	const maxSlips = name.length < LONG_NAME ? 1 : 2;
	let nearest: string | undefined;
	let fewest = maxSlips + 1;
	for (const other of known) {
		const otherName = plainName(other);
		if (Math.abs(otherName.length - name.length) >= fewest) continue;
		if (digitsOf(otherName) !== digitsOf(name)) continue;
		const slips = slipsBetween(name, otherName);
		if (slips < fewest) {
			nearest = other;
			fewest = slips;
		}
	}
	return nearest;
}

/** Vendors part words with hyphens, dots and underscores as they like. */
function plainName(id: string): string {
	return id.toLowerCase().replace(SUFFIX, '').replace(/[._:]/g, '-');
}

function digitsOf(name: string): string {
	return name.replace(/\D/g, '');
}

/** Letters to insert, leave out, change or swap with their neighbour to make one of the other. */
function slipsBetween(one: string, other: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (let row = 1; row <= one.length; row++) {
		const current = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			const isSwap =
				row > 1 &&
				column > 1 &&
				one[row - 1] === other[column - 2] &&
				one[row - 2] === other[column - 1];
			current.push(
				Math.min(
					(last[column] ?? 0) + 1,
					(current[column - 1] ?? 0) + 1,
					(last[column - 1] ?? 0) + (isSame ? 0 : 1),
					isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
				),
			);
		}
		beforeLast = last;
		last = current;
	}
	return last[other.length] ?? 0;
}
