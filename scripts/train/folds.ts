import { hashWord, spread } from '../../engine/routing/hash';

/** Letters and digits only: how two sets that hold the same question are matched. */
export const questionKey = (question: string): string =>
	question
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/**
 * The fold of a question. It follows from its words, so that a question which two sets hold is
 * never trained on in one and judged in the other.
 */
export const foldOf = (key: string, seed: number, folds: number): number =>
	spread(hashWord(key), 0x5eed + seed) % folds;
