import type { Received } from './scenario';

/** The two models of a request, faults in their names; without a second there is no backup. */
export interface Asked {
	readonly prompt: string;
	readonly first: string;
	readonly second?: string;
	/** Needs a hedge after so many seconds. */
	readonly hedgeAfterSeconds?: number;
	/** Instead of the baseline's. */
	readonly timeoutSeconds?: number;
}

/** One call of the trail that the caller is given. */
export interface Told {
	readonly model: string;
	readonly outcome: string;
	readonly status?: number;
}

export interface Answered {
	readonly received: Received;
	/** Absent where the caller is told nothing of it. */
	readonly attempts?: readonly Told[];
}

/** Somebody who asks the first model for an answer, with the second one behind it. */
export interface Caller {
	readonly name: string;
	/** What has to be there before the time of a request is taken. */
	readonly prepare?: (asked: Asked) => Promise<unknown>;
	readonly ask: (asked: Asked) => Promise<Answered>;
}
