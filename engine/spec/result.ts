import type { ChatResponse } from './chat';
import type { Trace } from './trace';

/** An accepted answer with everything that led to it. */
export interface ChatResult {
	readonly response: ChatResponse;
	/** ID of the candidate that answered, e.g. `openai/gpt-…`. */
	readonly answeredBy: string;
	readonly trace: Trace;
}
