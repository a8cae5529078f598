import type { Vendor } from './ask';

/** Keys that each vendor accepts; a vendor that is left out keeps its default key. */
export type ApiKeys = Readonly<Partial<Record<Exclude<Vendor, 'local'>, readonly string[]>>>;

/** What the sandbox accepts unless told otherwise. Worth nothing anywhere else. */
export const DEFAULT_API_KEYS = {
	openai: ['sandbox-key-openai'],
	anthropic: ['sandbox-key-anthropic'],
	google: ['sandbox-key-google'],
	compatible: ['sandbox-key-compatible'],
} as const satisfies ApiKeys;

export interface KeyRing {
	readonly accepts: (vendor: Vendor, key: string) => boolean;
}

export function createKeyRing(keys: ApiKeys = {}): KeyRing {
	const accepted: Readonly<Record<string, readonly string[]>> = { ...DEFAULT_API_KEYS, ...keys };
	const byVendor = new Map(Object.entries(accepted).map(([name, list]) => [name, new Set(list)]));
	return { accepts: (vendor, key) => byVendor.get(vendor)?.has(key) ?? false };
}
