/** Time, as a parameter. */
export interface Clock {
	/** Milliseconds since the epoch. */
	readonly nowMs: () => number;
	/**
	 * Resolves after `delayMs`. When `signal` fires it rejects at once with the signal's reason
	 * and leaves no timer behind.
	 */
	readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
	/** Runs `callback` after `delayMs`, unless the function that it returns is called before. */
	readonly after: (delayMs: number, callback: () => void) => () => void;
}

/** A number in [0, 1). */
export type Random = () => number;

/** Lets others work when enough time has passed; rejects when the work is no longer wanted. */
export type Breathe = () => Promise<void>;
