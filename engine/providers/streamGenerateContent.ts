import { member, type JsonObject } from '../spec/json';
import { elements, isText, present, type StreamDialect } from './streamDialect';

/**
 * Gemini: every event is a reply of its own with the parts that are new; the last one tells why the
 * model stopped, and its usage is that of the whole.
 * Source: ai.google.dev/api/generate-content#method:-models.streamgeneratecontent, read 2026-11-24.
 */
export const generateContentStream: StreamDialect = {
	ask: ({ url, body }) => ({
		url: url.replace(/:generateContent$/, ':streamGenerateContent?alt=sse'),
		body,
	}),
	read: () => {
		let head: JsonObject = {};
		let candidate: JsonObject = {};
		let hasCandidate = false;
		const parts: JsonObject[] = [];
		return {
			take: (data) => {
				const { candidates, ...rest } = present(data);
				head = { ...head, ...rest };
				const [first] = elements(candidates);
				if (first === undefined) return '';
				hasCandidate = true;
				const { content, ...facts } = present(first);
				candidate = { ...candidate, ...facts };
				const fresh = elements(member(content, 'parts')).map(present);
				for (const part of fresh) addPart(parts, part);
				return fresh
					.map((part) => (part.thought === true ? '' : part.text))
					.filter(isText)
					.join('');
			},
			reply: () => {
				const isBlocked = isText(member(head.promptFeedback, 'blockReason'));
				if (!isText(candidate.finishReason) && !isBlocked) return undefined;
				// Without parts there is no `parts`, as in the reply of a model that wrote nothing.
				const content = { role: 'model', ...(parts.length === 0 ? {} : { parts }) };
				return hasCandidate ? { ...head, candidates: [{ ...candidate, content }] } : head;
			},
		};
	},
};

/** Text goes on in the part before it, where both are plain text or both are thoughts. */
function addPart(parts: JsonObject[], part: JsonObject): void {
	const last = parts.at(-1);
	const before = last?.text;
	const isSame = last !== undefined && kindOf(last) === kindOf(part);
	if (isSame && typeof before === 'string' && typeof part.text === 'string') {
		parts[parts.length - 1] = { ...last, text: before + part.text };
	} else {
		parts.push(part);
	}
}

/** All members of a part but its text. */
function kindOf({ text: _, ...rest }: JsonObject): string {
	return JSON.stringify(rest);
}
