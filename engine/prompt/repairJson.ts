import type { ChatRequest } from '../spec/chat';

/**
 * The request that hands an answer back to be corrected. What was asked first stands before it, so
 * that what is missing can be looked up instead of being invented.
 *
 * @param problem what is wrong with the answer, in a sentence without a full stop
 */
export function repairRequest(request: ChatRequest, answer: string, problem: string): ChatRequest {
	const schema =
		request.jsonSchema === undefined
			? ''
			: `\n\nThe JSON Schema that it must fit:\n${JSON.stringify(request.jsonSchema)}`;
	return {
		...request,
		messages: [
			...request.messages,
			{ role: 'assistant', content: answer },
			{
				role: 'user',
				content: `That answer cannot be used. ${problem}.\n\nWrite the whole JSON document again, corrected, and nothing else. Keep what is right as it is. Take what is missing from the conversation above; do not make anything up.${schema}`,
			},
		],
	};
}
