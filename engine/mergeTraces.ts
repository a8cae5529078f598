import { sumCostUsd } from './policies/cost';
import type { AttemptRecord, Trace } from './spec/trace';

/** The same trail, with what its calls were for; a repair stays one. */
export function marked(trace: Trace, purpose: NonNullable<AttemptRecord['purpose']>): Trace {
	const attempts = trace.attempts.map((attempt) => ({ purpose, ...attempt }));
	return { ...trace, attempts };
}

/** Several traces that led to one answer as one: every call, every cost, each warning once. */
export function mergeTraces(
	traces: readonly Trace[],
	route: { readonly strategy: string; readonly reason: string },
	latencyMs: number,
): Trace {
	const costUsd = sumCostUsd(traces.map((trace) => trace.costUsd));
	const reasons = new Map(
		traces
			.flatMap((trace) => trace.route.skipped)
			.map((skip) => [`${skip.model} ${skip.reason}`, skip]),
	);
	const statuses = new Set(traces.map(({ cache }) => cache));
	return {
		attempts: traces.flatMap(({ attempts }) => attempts),
		route: { ...route, skipped: [...reasons.values()] },
		// A call that was made makes a `miss` of the whole; only when all are alike the word holds.
		cache: statuses.size === 1 ? (traces[0]?.cache ?? 'off') : statuses.has('off') ? 'off' : 'miss',
		latencyMs,
		...(costUsd === undefined ? {} : { costUsd }),
		warnings: [...new Set(traces.flatMap(({ warnings }) => warnings))],
	};
}
