/**
 * The body of a reply as it arrives. One that is not streamed comes in one go when the model is done,
 * so whatever starts and then stalls or drips is broken. Waiting for the head is none of this.
 */
export interface BodyFlow {
	readonly startedAtMs: number;
	readonly lastByteAtMs: number;
	/** Of the answer: servers keep a connection alive with white space until it begins. */
	readonly bytes: number;
	/** When the answer began; absent before. */
	readonly beganAtMs?: number;
	/** How long the body will be, where the head says so. */
	readonly totalBytes?: number;
	/** What had arrived when it was looked at: the first one is as old as the window, at most. */
	readonly marks: readonly { readonly atMs: number; readonly bytes: number }[];
}

export interface FlowPolicy {
	/** Silence that is a stall, in milliseconds. */
	readonly idleMs: number;
	/** Over how long the throughput is measured, in milliseconds. */
	readonly windowMs: number;
	/** Less than this is a drip. */
	readonly minBytesPerSecond: number;
}

const LONGEST_IDLE_MS = 30_000;

export function flowPolicy(timeoutMs: number): FlowPolicy {
	return {
		idleMs: Math.min(timeoutMs, LONGEST_IDLE_MS),
		windowMs: 20_000,
		minBytesPerSecond: 1,
	};
}

/** @param totalBytes of the body, where the head says so */
export function startFlow(nowMs: number, totalBytes?: number): BodyFlow {
	return {
		startedAtMs: nowMs,
		lastByteAtMs: nowMs,
		bytes: 0,
		marks: [],
		...(totalBytes === undefined ? {} : { totalBytes }),
	};
}

export function withBytes(flow: BodyFlow, bytes: Uint8Array, nowMs: number): BodyFlow {
	const hasBegun = flow.beganAtMs !== undefined || !bytes.every(isWhiteSpace);
	if (!hasBegun) return { ...flow, lastByteAtMs: nowMs };
	const beganAtMs = flow.beganAtMs ?? nowMs;
	return {
		...flow,
		lastByteAtMs: nowMs,
		beganAtMs,
		bytes: flow.bytes + bytes.length,
		marks: flow.marks.length > 0 ? flow.marks : [{ atMs: nowMs, bytes: bytes.length }],
	};
}

/** The flow after it was looked at. */
export function withMark(flow: BodyFlow, nowMs: number, { windowMs }: FlowPolicy): BodyFlow {
	if (flow.beganAtMs === undefined) return flow;
	const marks = [...flow.marks, { atMs: nowMs, bytes: flow.bytes }];
	const first = marks.findLastIndex(({ atMs }) => nowMs - atMs >= windowMs);
	return { ...flow, marks: marks.slice(Math.max(0, first)) };
}

/**
 * Why the answer will not come, or not in time; `undefined` while it may.
 *
 * @param endsAtMs when its time is over
 */
export function flowProblem(
	{ lastByteAtMs, bytes, totalBytes, marks }: BodyFlow,
	nowMs: number,
	endsAtMs: number,
	{ idleMs, windowMs, minBytesPerSecond }: FlowPolicy,
): string | undefined {
	if (nowMs - lastByteAtMs >= idleMs) {
		return `The answer stalls: no byte of it for ${Math.round((nowMs - lastByteAtMs) / 1000)} s`;
	}
	const [mark] = marks;
	if (mark === undefined || nowMs - mark.atMs < windowMs) return undefined;
	const seconds = (nowMs - mark.atMs) / 1000;
	const perSecond = (bytes - mark.bytes) / seconds;
	const leftSeconds = totalBytes === undefined ? 0 : (totalBytes - bytes) / perSecond;
	const isTooSlow = perSecond < minBytesPerSecond || leftSeconds > (endsAtMs - nowMs) / 1000;
	if (!isTooSlow) return undefined;
	return `The answer drips: ${bytes - mark.bytes} bytes of it in ${Math.round(seconds)} s`;
}

/** Space, tab and line ends: what may stand before JSON. */
function isWhiteSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
