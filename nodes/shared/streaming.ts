import type { ChatResult, OnText } from '../../engine/index';
import type { Execution } from './execution';

/**
 * Answers one item, and shows the answer to the chat or webhook that started the workflow, where
 * that one streams. `work` gets where to put the text, or nothing when nobody watches it grow.
 */
export type Streaming = (
	itemIndex: number,
	isWanted: boolean,
	work: (onText?: OnText) => Promise<ChatResult>,
) => Promise<ChatResult>;

/**
 * One item at a time is shown while it is being written: a chat puts everything that one run of a
 * node sends into one message, whichever item it is of. The other items' answers follow it whole,
 * and may come from another model until then.
 */
export function startStreaming({ context, asTool }: Execution): Streaming {
	// An agent's tool answers the agent. Older versions of n8n do not stream.
	const isWatched = !asTool && typeof context.isStreaming === 'function' && context.isStreaming();
	if (!isWatched) return async (_itemIndex, _isWanted, work) => await work();
	const goesOn = context.continueOnFail();
	let isBusy = false;
	let waiting: Array<() => void> = [];

	return async (itemIndex, isWanted, work) => {
		if (!isWanted) return await work();
		const message = openMessage(context, itemIndex);
		if (isBusy) {
			const result = await work();
			const showWhole = () => {
				message.take(result.response.text);
				message.end();
			};
			if (isBusy) waiting.push(showWhole);
			else showWhole();
			return result;
		}
		isBusy = true;
		const answer = work(message.take);
		await answer.then(message.end, (error: unknown) => {
			// Under Stop Workflow n8n itself sends the error.
			if (goesOn) message.breakOff(error instanceof Error ? error.message : String(error));
		});
		isBusy = false;
		for (const show of waiting) show();
		waiting = [];
		return await answer;
	};
}

interface Message {
	readonly take: OnText;
	readonly end: () => void;
	/** Says that what was shown is not the whole answer; nothing when nothing was shown. */
	readonly breakOff: (reason: string) => void;
}

/** Begins with its first piece: a chat shows that it waits until then. */
function openMessage(context: Execution['context'], itemIndex: number): Message {
	let hasBegun = false;
	const send = (type: 'begin' | 'item' | 'end' | 'error', content?: string) => {
		// Typed as void, it gives a promise: that a viewer has left must not end the process.
		const sent: unknown = context.sendChunk(type, itemIndex, content);
		Promise.resolve(sent).catch(() => undefined);
	};
	return {
		take: (piece) => {
			if (!hasBegun) send('begin');
			hasBegun = true;
			send('item', piece);
		},
		end: () => {
			if (hasBegun) send('end');
		},
		breakOff: (reason) => {
			if (hasBegun) send('error', reason);
		},
	};
}
