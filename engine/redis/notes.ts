import { allowanceKey, candidateKey, refusalKey } from '../candidateKey';
import { withSample, type LatencySample, type LatencySignal } from '../policies/latency';
import { boundedByCount } from '../bounded';
import type { Clock } from '../spec/ports';
import type { Candidate } from '../spec/provider';
import type { Cooldowns, Signals } from '../state';
import type { Keys } from './keys';
import type { Link } from './link';
import { CATCH_UP, END_PAUSE, PAUSE } from './scripts/notes';

const MAX_REMEMBERED = 10_000;
/** A latency that nobody measured for so long is forgotten. */
const LATENCY_TTL_MS = 10 * 60 * 1000;

interface Pause {
	readonly untilMs: number;
	/** Redis knows of it too: when it ends there, it ends here. */
	readonly isShared: boolean;
}

interface Notes {
	readonly cooldowns: Cooldowns;
	readonly signals: Signals;
	/** Learns what other processes noted about these. */
	readonly catchUp: (candidates: readonly Candidate[]) => Promise<void>;
}

/**
 * Pauses and latencies as all processes know them. They are read at once and written behind: what
 * one process learns, the others know from their next item on.
 */
export function redisNotes(link: Link, keys: Keys, local: Signals, clock: Clock): Notes {
	const pauses = boundedByCount<Pause>(MAX_REMEMBERED);
	const latencies = boundedByCount<LatencySignal>(MAX_REMEMBERED);
	const tell = (command: Parameters<Link['send']>[0]) => link.send(command).catch(() => undefined);

	const noteLatency = (key: string, sample: LatencySample) => {
		const latency = withSample(latencies.get(key), sample);
		latencies.set(key, latency);
		const written = `${latency.ewmaMs} ${latency.updatedAtMs}`;
		void tell((client) => client.set(keys.latency(key), written, LATENCY_TTL_MS));
	};

	return {
		cooldowns: {
			untilMs: (key) => pauses.get(key)?.untilMs ?? 0,
			coolUntil: (key, wantedMs) => {
				const untilMs = Math.max(wantedMs, pauses.get(key)?.untilMs ?? 0);
				pauses.set(key, { untilMs, isShared: false });
				const leftMs = Math.ceil(untilMs - clock.nowMs());
				if (leftMs <= 0) return;
				void link
					.send((client) => client.run(PAUSE, [keys.pause(key)], [leftMs]))
					.then(() => {
						if (pauses.get(key)?.untilMs === untilMs) pauses.set(key, { untilMs, isShared: true });
					})
					.catch(() => undefined);
			},
			end: (key) => {
				if (!pauses.delete(key)) return;
				void tell((client) => client.run(END_PAUSE, [keys.pause(key)], []));
			},
		},
		signals: {
			...local,
			latencyMs: (key) => latencies.get(key)?.ewmaMs ?? local.latencyMs(key),
			start: (key) => {
				const end = local.start(key);
				return (sample) => {
					end(sample);
					if (sample !== undefined) noteLatency(key, sample);
				};
			},
		},
		catchUp: async (candidates) => {
			const measured = [...new Set(candidates.map(candidateKey))];
			const pausable = [...new Set(candidates.flatMap(pauseKeys))];
			if (measured.length === 0) return;
			const names = [...pausable.map(keys.pause), ...measured.map(keys.latency)];
			const noted = await tell((client) => client.run(CATCH_UP, names, [pausable.length]));
			if (!Array.isArray(noted)) return;
			const nowMs = clock.nowMs();
			for (const [index, key] of pausable.entries()) {
				const leftMs = Number(noted[index]);
				if (leftMs > 0) pauses.set(key, { untilMs: nowMs + leftMs, isShared: true });
				else if (pauses.get(key)?.isShared) pauses.delete(key);
			}
			for (const [index, key] of measured.entries()) {
				const latency = readLatency(noted[pausable.length + index]);
				if (latency !== undefined) latencies.set(key, latency);
			}
		},
	};
}

/** Where a pause may be noted for a candidate: each of its keys may be limited or refused. */
function pauseKeys(candidate: Candidate): string[] {
	const count = candidate.kind === 'vendor' ? Math.max(1, candidate.connection.keys.length) : 1;
	const allowances = Array.from({ length: count }, (_, index) => allowanceKey(candidate, index));
	return count === 1
		? allowances
		: allowances.flatMap((allowance) => [allowance, refusalKey(allowance)]);
}

function readLatency(written: unknown): LatencySignal | undefined {
	if (typeof written !== 'string') return undefined;
	const [ewmaMs = NaN, updatedAtMs = NaN] = written.split(' ').map(Number);
	const isWhole = Number.isFinite(ewmaMs) && Number.isFinite(updatedAtMs);
	return isWhole ? { ewmaMs, updatedAtMs } : undefined;
}
