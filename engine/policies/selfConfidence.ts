import type { ChatRequest } from '../spec/chat';

const QUESTION =
	'After your answer, add one last line of exactly this form, with your honest probability that the answer is right: "Confidence: N%".';

const LAST_LINE = /\n?[ \t]*\**confidence:?\**:?[ \t]*(\d{1,3})(?:\.\d+)?[ \t]*%?[ \t]*\**[ \t]*$/i;

/** Asks for the answer and for how sure the model is, in one call. */
export function askForConfidence(request: ChatRequest): ChatRequest {
	const last = request.messages.at(-1);
	if (last === undefined) return request;
	const content = `${last.content}\n\n${QUESTION}`;
	return { ...request, messages: [...request.messages.slice(0, -1), { ...last, content }] };
}

/** Takes the line about confidence off an answer; `confidence` is absent when there is none. */
export function splitConfidence(text: string): { text: string; confidence?: number } {
	const trimmed = text.trimEnd();
	const found = LAST_LINE.exec(trimmed.slice(-80));
	if (found === null) return { text };
	const percent = Number(found[1]);
	if (percent > 100) return { text };
	const line = found[0];
	return { text: trimmed.slice(0, trimmed.length - line.length), confidence: percent / 100 };
}
