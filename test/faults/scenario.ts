import type { CallRecord } from '../sandbox/index';

/** What the caller got in the end. */
export type Received =
	| {
			readonly kind: 'answer';
			readonly text: string;
			/** Whom the caller was told to have answered; absent where a caller is told nothing of it. */
			readonly model?: string;
			readonly inputTokens?: number;
			readonly outputTokens?: number;
	  }
	| {
			readonly kind: 'error';
			/** Of the failures that led to it, where the caller is told. */
			readonly message: string;
			/** What was shown before; empty where nothing was. */
			readonly shown: string;
	  }
	/** Neither an answer nor an error: nothing came, or something that says it is an answer. */
	| { readonly kind: 'nothing'; readonly message: string };

/** One request as its caller saw it, and its vendors. */
export interface Seen {
	readonly received: Received;
	readonly tookMs: number;
	/** When it was asked, in milliseconds since the epoch. */
	readonly askedAtMs: number;
	/** The calls of the vendor asked first, and of the other one, from the vendors' log. */
	readonly first: readonly CallRecord[];
	readonly second: readonly CallRecord[];
}

/** What a vendor answers to the same prompt when nothing is wrong, asked without anybody between. */
export interface Truth {
	readonly text: string;
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
}

/** `partial`: the answer, at a price the criterion forbids. `safe`: an error that says so. */
export type Verdict = 'pass' | 'partial' | 'safe' | 'fail';

/** A fault and what counts as survived. */
export interface Scenario {
	readonly id: string;
	readonly title: string;
	/** Suffix of the model that is asked first. */
	readonly fault: string;
	/** Suffix of the backup; absent: it is healthy. */
	readonly backup?: string;
	/** The caller has its answer, or a clean error, within so many seconds. */
	readonly withinSeconds: number;
	/** Calls that the faulty model may get at most. */
	readonly maxCalls: number;
	/** The pause that it asked for, in seconds: it gets no call before that. */
	readonly pauseSeconds?: number;
	/** An error that names the reason is as good as an answer. */
	readonly errorPasses?: true;
	/** Reliability settings beside the baseline. */
	readonly needs?: 'hedge';
}

/** 2 retries and a timeout of 30 s, one backup: the baseline of the published suite. */
export const BASELINE = { maxRetries: 2, timeoutSeconds: 30 } as const;
const CALLS = 1 + BASELINE.maxRetries;

/**
 * The 16 faults of FailoverBench (methodology v0.1, September 2026), with its limits. Where it names
 * no time, the timeout of one attempt is the limit.
 */
export const SCENARIOS: readonly Scenario[] = [
	{
		id: 'S01',
		title: '429 once, Retry-After 2 s',
		fault: '--fault-429-seconds-2--times-1',
		withinSeconds: 30,
		maxCalls: CALLS,
		pauseSeconds: 2,
	},
	{ id: 'S02', title: '429 for good', fault: '--fault-429', withinSeconds: 30, maxCalls: CALLS },
	{
		id: 'S03',
		title: '500 once',
		fault: '--fault-500--times-1',
		withinSeconds: 30,
		maxCalls: CALLS,
	},
	{ id: 'S04', title: '503 for good', fault: '--fault-503', withinSeconds: 30, maxCalls: CALLS },
	{ id: 'S05', title: 'TCP reset', fault: '--fault-reset', withinSeconds: 30, maxCalls: CALLS },
	{ id: 'S06', title: 'silence', fault: '--fault-hang', withinSeconds: 100, maxCalls: 1 },
	{
		id: 'S07',
		title: 'first token after 20 s',
		fault: '--latency-20000',
		withinSeconds: 15,
		maxCalls: CALLS,
		needs: 'hedge',
	},
	{
		id: 'S08',
		title: 'answer cut half-way',
		fault: '--fault-reset-mid-body',
		withinSeconds: 30,
		maxCalls: CALLS,
	},
	{
		id: 'S09',
		title: 'answer stalls half-way',
		fault: '--fault-stall-mid-body',
		withinSeconds: 45,
		maxCalls: CALLS,
	},
	{
		id: 'S10',
		title: 'malformed chunk',
		fault: '--fault-malformed-chunk',
		withinSeconds: 30,
		maxCalls: CALLS,
	},
	{
		id: 'S11',
		title: 'no end mark',
		fault: '--fault-no-end',
		withinSeconds: 8,
		maxCalls: CALLS,
	},
	{
		id: 'S12',
		title: 'context length exceeded',
		fault: '--fault-context-length',
		withinSeconds: 30,
		maxCalls: 1,
	},
	{
		id: 'S13',
		title: 'content filter',
		fault: '--fault-content-filter',
		withinSeconds: 30,
		maxCalls: 1,
		errorPasses: true,
	},
	{
		id: 'S14',
		title: 'cut half-way, backup takes no prefill',
		fault: '--fault-reset-mid-body--latency-1',
		backup: '--fault-no-prefill',
		withinSeconds: 30,
		maxCalls: CALLS,
	},
	{
		id: 'S15',
		title: 'outage of 60 s, 20 requests',
		fault: '--fault-503--for-60',
		withinSeconds: 30,
		maxCalls: CALLS,
	},
	{ id: 'S16', title: 'right model and usage', fault: '', withinSeconds: 30, maxCalls: 1 },
];

/** Requests during the outage of S15, one every so often. */
export const OUTAGE = { seconds: 60, requests: 20, everyMs: 3_000, backWithinMs: 30_000 } as const;
