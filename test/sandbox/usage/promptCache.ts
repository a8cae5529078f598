import { createHash } from 'node:crypto';
import { countTokens } from './tokens';

/** Below this vendors cache nothing, and prefixes grow in steps of this size. */
const LEAST_TOKENS = 1024;
const STEP_TOKENS = 128;
const STEP_CHARACTERS = STEP_TOKENS * 4;
/** Enough for any test; the oldest prefixes go first, as they do at the vendors. */
const MOST_PREFIXES = 20_000;

export interface CachedPart {
	/** Tokens of the prompt's beginning that were seen before. */
	readonly readTokens: number;
	/** Tokens of the beginning that are new and now remembered. */
	readonly writtenTokens: number;
}

/** Prompt prefixes that a model has read for a key. */
export interface PromptCache {
	readonly touch: (scope: string, prompt: string) => CachedPart;
	readonly clear: () => void;
}

export function createPromptCache(): PromptCache {
	const seen = new Set<string>();
	return {
		touch: (scope, prompt) => {
			if (countTokens(prompt) < LEAST_TOKENS) return { readTokens: 0, writtenTokens: 0 };
			const prefixes = prefixDigests(scope, prompt);
			const known = prefixes.findLastIndex((prefix) => seen.has(prefix)) + 1;
			for (const prefix of prefixes) seen.add(prefix);
			for (const oldest of seen) {
				if (seen.size <= MOST_PREFIXES) break;
				seen.delete(oldest);
			}
			const readTokens = known === 0 ? 0 : LEAST_TOKENS + (known - 1) * STEP_TOKENS;
			const cachedTokens = LEAST_TOKENS + (prefixes.length - 1) * STEP_TOKENS;
			return { readTokens, writtenTokens: cachedTokens - readTokens };
		},
		clear: () => seen.clear(),
	};
}

/** One digest for every prefix of 1,024, 1,152, 1,280 … tokens, from one pass over the prompt. */
function prefixDigests(scope: string, prompt: string): string[] {
	const hash = createHash('sha256').update(`${scope}\n`);
	const digests: string[] = [];
	const least = LEAST_TOKENS * 4;
	const start = Math.min(least, prompt.length);
	hash.update(prompt.slice(0, start));
	digests.push(hash.copy().digest('base64'));
	for (let at = start; at + STEP_CHARACTERS <= prompt.length; at += STEP_CHARACTERS) {
		hash.update(prompt.slice(at, at + STEP_CHARACTERS));
		digests.push(hash.copy().digest('base64'));
	}
	return digests;
}
