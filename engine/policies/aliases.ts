import { createHash } from 'node:crypto';

/**
 * Anonymous names A, B, C … Z, AA, AB … for `count` answers, in an order that the seed decides:
 * whoever reads the answers cannot tell the model by its place.
 */
export function shuffledAliases(count: number, seed: string): string[] {
	const order = Array.from({ length: count }, (_, index) => ({
		index,
		rank: createHash('sha256').update(`${seed}:${index}`).digest('hex'),
	})).sort((a, b) => (a.rank < b.rank ? -1 : 1));
	const aliases = new Array<string>(count);
	for (const [place, { index }] of order.entries()) aliases[index] = aliasOf(place);
	return aliases;
}

function aliasOf(place: number): string {
	const letter = String.fromCharCode('A'.charCodeAt(0) + (place % 26));
	return place < 26 ? letter : aliasOf(Math.floor(place / 26) - 1) + letter;
}
