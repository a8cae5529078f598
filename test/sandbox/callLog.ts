import type { Endpoint, Vendor } from './ask';
import { digest } from './hash';

/** One request that reached the server, aborted ones included. Never holds the key itself. */
export interface CallRecord {
	/** 1 for the first call since the log was cleared. */
	readonly seq: number;
	readonly vendor: Vendor;
	readonly endpoint: Endpoint;
	/** The ID as the client sent it, suffixes included. */
	readonly model?: string;
	/** Epoch time at which the request's headers were in. */
	readonly startedAtMs: number;
	/** When the last byte was handed over, or the client was gone; absent while the call is open. */
	readonly endedAtMs?: number;
	/**
	 * The HTTP status sent; `open` while nothing has been sent, `reset` and `hang` for the faults that
	 * send nothing, `none` when the client left before anything was sent.
	 */
	readonly status: number | 'open' | 'reset' | 'hang' | 'none';
	readonly fault?: string;
	/** The client went away before the answer was whole. */
	readonly aborted: boolean;
	/** First 12 hex digits of the key's SHA-256; absent when no key was sent. */
	readonly keyFingerprint?: string;
	/** Same prompt, same digest, whatever the dialect; absent where no prompt could be read. */
	readonly promptDigest?: string;
	readonly stream: boolean;
	readonly questionId?: string;
	/** Whose recorded answer was given, where a recorded question matched. */
	readonly recordedModel?: string;
}

/** What can become known of a call after it was opened. */
export type CallFactsNoted = Partial<Omit<CallRecord, 'seq' | 'startedAtMs'>>;

/** The handle of one call: what becomes known is noted, and the first ending counts. */
export interface OpenCall {
	readonly note: (facts: CallFactsNoted) => void;
	readonly end: (facts: CallFactsNoted) => void;
	/** The client went away before the call had ended. */
	readonly abandon: () => void;
	/** The client went away while the last bytes were on their way. */
	readonly cutShort: () => void;
}

export interface CallLog {
	readonly open: (facts: Pick<CallRecord, 'vendor' | 'endpoint'>) => OpenCall;
	readonly list: () => readonly CallRecord[];
	readonly clear: () => void;
}

export function fingerprintOf(key: string): string {
	return digest(key, 12);
}

export function createCallLog(now: () => number): CallLog {
	let records: CallRecord[] = [];
	return {
		open: (facts) => {
			const log = records;
			const index = log.length;
			log.push({
				seq: index + 1,
				startedAtMs: now(),
				status: 'open',
				aborted: false,
				stream: false,
				...facts,
			});
			const merge = (more: CallFactsNoted) => {
				const known = log[index];
				if (known !== undefined && known.endedAtMs === undefined)
					log[index] = { ...known, ...more };
			};
			return {
				note: merge,
				end: (more) => merge({ ...more, endedAtMs: now() }),
				abandon: () => {
					const isUnsent = log[index]?.status === 'open';
					merge({
						aborted: true,
						endedAtMs: now(),
						...(isUnsent ? { status: 'none' as const } : {}),
					});
				},
				cutShort: () => {
					const known = log[index];
					if (known !== undefined) log[index] = { ...known, aborted: true, endedAtMs: now() };
				},
			};
		},
		list: () => [...records],
		clear: () => {
			records = [];
		},
	};
}
