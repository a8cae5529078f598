import {
	flowPolicy,
	flowProblem,
	startFlow,
	withBytes,
	withMark,
	type BodyFlow,
} from './policies/throughput';
import type { Clock } from './spec/ports';
import type { WatchedFetch } from './spec/transport';

/** How often an answer that is arriving is looked at, in milliseconds. */
const LOOK_MS = 1_000;

export interface BodyGuardOptions {
	/** The time of the attempt, in milliseconds, and when it is over. */
	readonly timeoutMs: number;
	readonly endsAtMs: number;
	/** Whether somebody else would be asked; absent: nobody, so nothing is guarded. */
	readonly mayGiveUp: (() => boolean) | undefined;
	readonly giveUp: (reason: Error) => void;
}

export interface BodyGuard {
	/** The same, watched. */
	readonly guarded: (fetch: WatchedFetch) => WatchedFetch;
	/** Why the answer was given up; `undefined` when it was not. */
	readonly stall: () => string | undefined;
	/** Lets go of the timer. Always call it. */
	readonly release: () => void;
}

/** Gives up an answer that stalls or drips, as soon as another candidate could be asked for it. */
export function startBodyGuard(
	clock: Clock,
	{ timeoutMs, endsAtMs, mayGiveUp, giveUp }: BodyGuardOptions,
): BodyGuard {
	const policy = flowPolicy(timeoutMs);
	let flow: BodyFlow | undefined;
	let stall: string | undefined;
	let isReleased = false;
	let letGoOfTimer = () => {};

	function look(): void {
		if (flow === undefined || isReleased) return;
		const nowMs = clock.nowMs();
		const problem = flowProblem(flow, nowMs, endsAtMs, policy);
		if (problem !== undefined && mayGiveUp?.() === true) {
			stall = problem;
			giveUp(new Error(problem));
			return;
		}
		flow = withMark(flow, nowMs, policy);
		letGoOfTimer = clock.after(LOOK_MS, look);
	}

	function watch(headers: Headers): (bytes: Uint8Array) => void {
		flow = startFlow(clock.nowMs(), lengthOf(headers));
		if (!isReleased) letGoOfTimer = clock.after(LOOK_MS, look);
		return (bytes) => {
			if (flow !== undefined) flow = withBytes(flow, bytes, clock.nowMs());
		};
	}

	return {
		guarded: (fetch) =>
			mayGiveUp === undefined
				? fetch
				: async (input, init, watcher) =>
						await fetch(input, init, (status, headers) => {
							const take = watcher?.(status, headers);
							const note = watch(headers);
							return (bytes) => {
								note(bytes);
								return take?.(bytes);
							};
						}),
		stall: () => stall,
		release: () => {
			isReleased = true;
			letGoOfTimer();
		},
	};
}

/** The length of the body as it is read here: of an encoded one it is not known. */
function lengthOf(headers: Headers): number | undefined {
	const length = headers.get('content-length') ?? '';
	return headers.has('content-encoding') || !/^\d{1,15}$/.test(length) ? undefined : Number(length);
}
