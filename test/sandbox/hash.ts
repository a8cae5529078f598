import { createHash } from 'node:crypto';

/** First `length` hex digits of the SHA-256 of a text. */
export function digest(text: string, length = 16): string {
	return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** A fast 32-bit FNV-1a hash: picks among wordings, never identifies anything. */
export function hash32(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash ^= text.charCodeAt(index);
		hash = Math.imul(hash, 0x01000193);
	}
	return hash >>> 0;
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: string | number): () => number {
	let state = typeof seed === 'number' ? seed >>> 0 : hash32(seed);
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** The entry that the seed points at. */
export function pick<T>(options: readonly [T, ...T[]], seed: string): T {
	return options[hash32(seed) % options.length] ?? options[0];
}
