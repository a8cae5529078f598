import { latencySampler, type DrawMs, type LatencyDistribution } from '../latency';
import { fits, type CallFacts, type Match } from '../match';
import type { Fault } from './fault';
import { parseModelId } from './modelSuffix';

/** Which faults and latencies are switched on, and how many calls they have struck. */
export interface FaultBoard {
	readonly setFault: (match: Match, fault: Fault, times?: number) => void;
	readonly setLatency: (match: Match, distribution: LatencyDistribution) => void;
	/** Takes back faults and restarts the counters of `--times-<n>`. */
	readonly clearFaults: () => void;
	readonly clearLatency: () => void;
	/** The fault that strikes this call, counted as used. */
	readonly strike: (call: CallFacts, modelId: string) => Fault | undefined;
	readonly latencyMs: (call: CallFacts, modelId: string) => number;
}

interface SetFault {
	readonly match: Match;
	readonly fault: Fault;
	remaining: number;
}

export function createFaultBoard(nowMs: () => number = Date.now): FaultBoard {
	let faults: SetFault[] = [];
	let latencies: readonly { readonly match: Match; readonly drawMs: DrawMs }[] = [];
	const struck = new Map<string, { readonly calls: number; readonly sinceMs: number }>();
	return {
		setFault: (match, fault, times = Infinity) => {
			faults.push({ match: { ...match }, fault, remaining: times });
		},
		setLatency: (match, distribution) => {
			latencies = [{ match: { ...match }, drawMs: latencySampler(distribution) }, ...latencies];
		},
		clearFaults: () => {
			faults = [];
			struck.clear();
		},
		clearLatency: () => {
			latencies = [];
		},
		strike: (call, modelId) => {
			const { fault, times = Infinity, forSeconds = Infinity } = parseModelId(modelId);
			if (fault !== undefined) {
				const key = `${call.vendor} ${modelId}`;
				const { calls, sinceMs } = struck.get(key) ?? { calls: 0, sinceMs: nowMs() };
				struck.set(key, { calls: calls + 1, sinceMs });
				if (calls < times && nowMs() - sinceMs < forSeconds * 1000) return fault;
			}
			// In the order in which they were set, so that a sequence of faults can be written down.
			const next = faults.find(({ match, remaining }) => remaining > 0 && fits(match, call));
			if (next === undefined) return undefined;
			next.remaining -= 1;
			return next.fault;
		},
		latencyMs: (call, modelId) => {
			const { latencyMs } = parseModelId(modelId);
			if (latencyMs !== undefined) return latencyMs;
			return latencies.find(({ match }) => fits(match, call))?.drawMs() ?? 0;
		},
	};
}
