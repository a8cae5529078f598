import type { ShownRun } from './runtime';
import type { ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { OnText } from './spec/provider';

/** One of two calls for the same answer. */
export interface Lane {
	/** Fires with the item, and when the other call has won. */
	readonly signal: AbortSignal;
	/** Absent where nobody watches. The first text to be shown wins. */
	readonly onText?: OnText;
	readonly isHedge: boolean;
	readonly hasLost: () => boolean;
	/** How the call ended as far as the item goes: a good answer wins, or came too late. */
	readonly end: (outcome: Outcome<ChatResponse>) => Outcome<ChatResponse>;
}

const LOST = 'Given up: another model was asked beside it and answered first';

export interface Race {
	readonly first: Lane;
	readonly second: Lane;
	/** One has won, or the item ended. */
	readonly isDecided: () => boolean;
	/** Ends what is still under way. Always call it. */
	readonly release: () => void;
}

/** Two calls of which one may win: the first good answer, or the first of which a part is shown. */
export function startRace({ signal, onText }: ShownRun): Race {
	let winner: AbortController | undefined;
	const controllers = [new AbortController(), new AbortController()] as const;
	const follow = () => controllers.forEach((one) => one.abort(signal.reason));
	if (signal.aborted) follow();
	else signal.addEventListener('abort', follow, { once: true });

	const lane = (own: AbortController, other: AbortController, isHedge: boolean): Lane => {
		const hasLost = () => winner === other;
		const wins = () => {
			if (winner === undefined) {
				winner = own;
				other.abort(new Error(LOST));
			}
			return winner === own;
		};
		return {
			signal: own.signal,
			...(onText === undefined ? {} : { onText: (piece) => void (wins() && onText(piece)) }),
			isHedge,
			hasLost,
			end: (outcome) => {
				if (outcome.ok) return wins() ? outcome : lost(outcome.value.usage);
				return hasLost() && outcome.failure.kind === 'cancelled' ? lost() : outcome;
			},
		};
	};
	const [one, two] = controllers;
	return {
		first: lane(one, two, false),
		second: lane(two, one, true),
		isDecided: () => winner !== undefined || signal.aborted,
		release: () => {
			signal.removeEventListener('abort', follow);
			controllers.forEach((one) => one.abort(new Error(LOST)));
		},
	};
}

function lost(usage?: ChatResponse['usage']): Outcome<ChatResponse> {
	const failure = { kind: 'cancelled', message: LOST } as const;
	return { ok: false, failure: usage === undefined ? failure : { ...failure, usage } };
}
