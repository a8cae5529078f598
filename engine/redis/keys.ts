import { sha256 } from '../policies/cacheKey';

/**
 * Names of the keys. What one script touches stands in one slot of a cluster, by the braces; stored
 * answers are spread over all of them.
 */
export interface Keys {
	readonly answer: (key: string) => string;
	/** Lock and landing of a call that several want. */
	readonly flight: (key: string) => readonly [lock: string, landing: string];
	/** Room, window, used tokens, tickets and what they are for. */
	readonly room: (key: string) => readonly string[];
	readonly tickets: string;
	readonly budget: (key: string, period: string) => string;
	readonly pause: (key: string) => string;
	readonly latency: (key: string) => string;
}

/** Counts up whenever the meaning of what is stored changes. */
const VERSION = 1;

export function keysOf(prefix: string): Keys {
	const base = `${prefix}v${VERSION}:`;
	const admission = `${base}{admission}:`;
	const notes = `${base}{notes}:`;
	const tickets = `${admission}tickets`;
	return {
		answer: (key) => `${base}answer:${key}`,
		flight: (key) => {
			const name = sha256(key);
			return [`${base}{${name}}:lock`, `${base}{${name}}:landing`];
		},
		room: (key) => {
			const name = sha256(key);
			return [
				`${admission}room:${name}`,
				`${admission}window:${name}`,
				`${admission}used:${name}`,
				tickets,
				`${admission}ticket`,
			];
		},
		tickets,
		budget: (key, period) => `${admission}budget:${sha256(`${key}\n${period}`)}`,
		pause: (key) => `${notes}pause:${sha256(key)}`,
		latency: (key) => `${notes}latency:${sha256(key)}`,
	};
}
