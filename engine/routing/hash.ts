/** Start of an FNV-1a hash (draft-eastlake-fnv, 32 bit). */
export const HASH_SEED = 0x811c9dc5 | 0;

/** One step of FNV-1a over UTF-16 units instead of bytes. */
export const hashStep = (hash: number, unit: number): number =>
	Math.imul(hash ^ unit, 0x01000193) | 0;

export function hashWord(word: string): number {
	let hash = HASH_SEED;
	for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
	return hash;
}

/** Spreads a hash over all its bits (the finaliser of MurmurHash3); `space` keeps uses apart. */
export function spread(hash: number, space: number): number {
	let bits = Math.imul(hash ^ Math.imul(space, 0x9e3779b1), 0x85ebca6b);
	bits ^= bits >>> 13;
	bits = Math.imul(bits, 0xc2b2ae35);
	return (bits ^ (bits >>> 16)) >>> 0;
}
