import { orAborted } from './deadline';

/** What a waiter gets: the shared value, and whether it is the one to account for the call. */
export interface Landing<T> {
	readonly value: T;
	/** True for exactly one waiter of each flight: the oldest that is still waiting. */
	readonly owned: boolean;
}

/** A shared call failed; `owned` as in {@link Landing}. */
export class FlightFailure extends Error {
	constructor(
		override readonly cause: unknown,
		readonly owned: boolean,
	) {
		super('The shared call failed');
	}
}

interface Flight<T> {
	readonly controller: AbortController;
	readonly waiters: Set<symbol>;
	readonly landing: Promise<T>;
}

/** On what terms one joins a call; they matter to flights over several processes. */
export interface FlightTerms {
	/** What landed before one came does not count. */
	readonly anew: boolean;
	/** How long one waits for a call that is not one's own, in milliseconds. */
	readonly patienceMs: number;
}

export interface SingleFlight<T> {
	/**
	 * Starts `work`, or joins the call that is under way for the same key. A waiter that leaves
	 * (its signal fires) touches nobody else; the call itself is aborted when the last one left.
	 */
	readonly join: (
		key: string,
		work: (signal: AbortSignal) => Promise<T>,
		signal: AbortSignal,
		terms?: FlightTerms,
	) => Promise<Landing<T>>;
	/** Whether a call for this key is under way. */
	readonly has: (key: string) => boolean;
}

export function createSingleFlight<T>(): SingleFlight<T> {
	const flights = new Map<string, Flight<T>>();

	function start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
		const controller = new AbortController();
		const flight: Flight<T> = {
			controller,
			waiters: new Set(),
			landing: work(controller.signal).finally(() => forget(key, flight)),
		};
		flights.set(key, flight);
		return flight;
	}

	function forget(key: string, flight: Flight<T>): void {
		if (flights.get(key) === flight) flights.delete(key);
	}

	async function join(
		key: string,
		work: (signal: AbortSignal) => Promise<T>,
		signal: AbortSignal,
	): Promise<Landing<T>> {
		signal.throwIfAborted();
		const flight = flights.get(key) ?? start(key, work);
		const waiter = Symbol(key);
		flight.waiters.add(waiter);
		const owned = () => flight.waiters.values().next().value === waiter;
		const left = new AbortController();
		const leave = () => {
			if (flight.waiters.size > 1) {
				flight.waiters.delete(waiter);
				left.abort(signal.reason);
				return;
			}
			// The last one waits for the aborted call to settle: its trail must not be lost.
			forget(key, flight);
			flight.controller.abort(signal.reason);
		};
		signal.addEventListener('abort', leave, { once: true });
		try {
			return { value: await orAborted(flight.landing, left.signal), owned: owned() };
		} catch (error) {
			if (left.signal.aborted) throw signal.reason;
			throw new FlightFailure(error, owned());
		} finally {
			signal.removeEventListener('abort', leave);
		}
	}

	return { join, has: (key) => flights.has(key) };
}
