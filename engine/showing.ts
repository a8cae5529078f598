import type { Run, ShownRun } from './runtime';
import type { ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { ApiKey, OnText } from './spec/provider';
import type { ChatResult } from './spec/result';
import { maskPieces } from './maskSecrets';

/** What one call shows of its answer while it is being written. */
export interface Showing {
	/** Takes the vendor's next piece; absent where nobody wants to see it. */
	readonly onText?: OnText;
	/** What was shown so far. */
	readonly text: () => string;
	/** Nothing is shown after this, whatever the vendor still sends. */
	readonly close: () => void;
}

/**
 * Shows one call's text. Blank pieces wait for the first that is not: a call that brings nothing
 * else may still be answered by another model.
 */
export function startShowing(onText: OnText | undefined, keys: readonly ApiKey[]): Showing {
	let shown = '';
	let blank = '';
	let isOpen = true;
	const masked = maskPieces(keys, (piece) => {
		if (!isOpen || piece === '') return;
		if (shown === '' && piece.trim() === '') {
			blank += piece;
			return;
		}
		const whole = blank + piece;
		blank = '';
		shown += whole;
		onText?.(whole);
	});
	return {
		...(onText === undefined ? {} : { onText: masked }),
		text: () => shown,
		close: () => {
			isOpen = false;
		},
	};
}

/** Shows what is left of an accepted answer, as one piece. */
export function showRest(onText: OnText | undefined, text: string, shown: string): void {
	if (text.startsWith(shown) && text !== shown) onText?.(text.slice(shown.length));
}

/**
 * For a request that several models write on: shown, as one piece, when it is decided which text is
 * the answer.
 */
export async function shownAtEnd(
	{ onText, ...unseen }: ShownRun,
	work: (run: Run) => Promise<ChatResult>,
): Promise<ChatResult> {
	const result = await work(unseen);
	onText?.(result.response.text);
	return result;
}

/** A failure of which a part was seen says so: another model's text must not follow. */
export function markShown(outcome: Outcome<ChatResponse>, shown: string): Outcome<ChatResponse> {
	if (outcome.ok || shown === '') return outcome;
	const { failure } = outcome;
	const { length } = shown;
	const characters = length === 1 ? '1 character was' : `${length} characters were`;
	return {
		ok: false,
		failure: {
			...failure,
			message: `${failure.message.replace(/[.\s]+$/, '')}. ${characters} shown before that: the answer is incomplete`,
			shownCharacters: length,
		},
	};
}
