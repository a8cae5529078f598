import { sha256 } from './policies/cacheKey';
import type { ApiKey } from './spec/provider';

/** Wraps a key so that nothing that prints or stores objects ever shows it. */
export function apiKeyOf(secret: string): ApiKey {
	const fingerprint = sha256(secret).slice(0, 12);
	return { fingerprint, reveal: () => secret };
}
