import { executeChat } from '../executeChat';
import type { Run } from '../runtime';
import { EngineError } from '../spec/errors';
import type { FailureKind } from '../spec/failures';
import type { Branch, BranchFailure, BranchKind, BranchResult } from '../spec/fanOut';
import type { ChatResult } from '../spec/result';
import type { Trace } from '../spec/trace';

/** How a branch of each kind is asked. */
const ASK: {
	readonly [Kind in BranchKind]: (
		branch: Extract<Branch, { readonly kind: Kind }>,
		run: Run,
	) => Promise<ChatResult>;
} = {
	text: async ({ request, plan }, run) => await executeChat(request, plan, run),
};

/** Asks one branch. A failure of its models is a result; only a bug throws. */
export async function askBranch(branch: Branch, alias: string, run: Run): Promise<BranchResult> {
	const { clock } = run.runtime;
	const startedAtMs = clock.nowMs();
	const { label } = branch;
	try {
		const { response, answeredBy, trace } = await ASK[branch.kind](branch, run);
		const { text, data, usage, finishReason, raw } = response;
		return {
			...facts(trace),
			label,
			alias,
			model: answeredBy,
			status: 'ok',
			text,
			usage,
			finishReason,
			...(data === undefined ? {} : { data }),
			...(raw === undefined ? {} : { raw }),
		};
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const failure = { kind: kindOf(error), message: error.message };
		const status = statusOf(error);
		const { trace } = error;
		const nothing = { ...notAsked(branch, alias, failure), latencyMs: clock.nowMs() - startedAtMs };
		if (trace === undefined) return { ...nothing, status };
		const model = trace.attempts.at(-1)?.model ?? nothing.model;
		return { ...facts(trace), label, alias, model, status, failure };
	}
}

/** A branch that no call was made for. */
export function notAsked(
	{ label, plan }: Branch,
	alias: string,
	failure: BranchFailure['failure'],
): BranchFailure {
	return {
		label,
		alias,
		model: plan.candidates[0]?.id ?? plan.skipped[0]?.model ?? label,
		status: 'skipped',
		failure,
		cache: plan.cache.mode === 'off' ? 'off' : 'miss',
		costUsd: 0,
		latencyMs: 0,
		attempts: [],
		skipped: plan.skipped,
		warnings: [],
	};
}

function facts({ attempts, cache, latencyMs, costUsd, route, warnings }: Trace) {
	const { skipped } = route;
	const known = costUsd === undefined ? {} : { costUsd };
	return { attempts, cache, latencyMs, ...known, skipped, warnings };
}

function statusOf(error: EngineError): BranchFailure['status'] {
	if (error.code === 'CANCELLED') return 'aborted';
	return error.code === 'NO_ELIGIBLE_CANDIDATE' ? 'skipped' : 'failed';
}

function kindOf(error: EngineError): FailureKind {
	if (error.code === 'CANCELLED') return 'cancelled';
	if (error.code === 'DEADLINE_EXCEEDED') return 'timeout';
	const last = error.trace?.attempts.at(-1)?.outcome;
	return last === undefined || last === 'ok' || last === 'aborted' ? 'invalid-request' : last;
}
