import { ENDPOINTS, VENDORS, type Endpoint, type Vendor } from './ask';
import { fingerprintOf } from './callLog';
import { isObject, type Json } from './json';

/** Which calls a fault or a latency is for: every part that is given must fit; `{}` fits all. */
export interface Match {
	readonly vendor?: Vendor;
	readonly endpoint?: Endpoint;
	/** The ID as sent, or the ID of the model behind its alias or suffix. */
	readonly model?: string;
	/** Calls made with this key. */
	readonly apiKey?: string;
	/** Calls whose prompt contains this text. */
	readonly promptIncludes?: string;
}

/** What is known of a call when faults are looked up. */
export interface CallFacts {
	readonly vendor: Vendor;
	readonly endpoint: Endpoint;
	/** The ID as sent, the base ID and the snapshot; empty where the call names no model. */
	readonly modelNames: readonly string[];
	readonly keyFingerprint?: string;
	readonly prompt: string;
}

export function fits(match: Match, call: CallFacts): boolean {
	return (
		(match.vendor === undefined || match.vendor === call.vendor) &&
		(match.endpoint === undefined || match.endpoint === call.endpoint) &&
		(match.model === undefined || call.modelNames.includes(match.model)) &&
		(match.apiKey === undefined || fingerprintOf(match.apiKey) === call.keyFingerprint) &&
		(match.promptIncludes === undefined || call.prompt.includes(match.promptIncludes))
	);
}

/** Reads a match that came over HTTP; throws a sentence that says what is wrong. */
export function readMatch(value: Json | undefined): Match {
	if (value === undefined) return {};
	if (!isObject(value)) throw new Error('"match" must be an object');
	const fields = ['vendor', 'endpoint', 'model', 'apiKey', 'promptIncludes'];
	for (const [key, part] of Object.entries(value)) {
		if (!fields.includes(key)) {
			throw new Error(`"match.${key}" is unknown; use ${fields.join(', ')}`);
		}
		if (typeof part !== 'string') throw new Error(`"match.${key}" must be a string`);
	}
	oneOf('match.vendor', value.vendor, VENDORS);
	oneOf('match.endpoint', value.endpoint, ENDPOINTS);
	return value as Match;
}

function oneOf(name: string, value: Json | undefined, allowed: readonly string[]): void {
	if (value === undefined || allowed.some((one) => one === value)) return;
	throw new Error(`"${name}" must be one of ${allowed.join(', ')}, got "${String(value)}"`);
}
