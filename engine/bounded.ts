import { LRUCache } from 'lru-cache';

/** A map that forgets what was unused the longest. */
export type Bounded<V extends NonNullable<unknown>> = LRUCache<string, V>;

/** @param max entries that are kept */
export function boundedByCount<V extends NonNullable<unknown>>(max: number): Bounded<V> {
	return new LRUCache<string, V>({ max });
}

/**
 * @param maxBytes that the entries may take together
 * @param bytesOf what one entry takes; one that alone takes too much is not kept
 */
export function boundedByBytes<V extends NonNullable<unknown>>(
	maxBytes: number,
	bytesOf: (value: V) => number,
): Bounded<V> {
	return new LRUCache<string, V>({ maxSize: maxBytes, sizeCalculation: bytesOf });
}
