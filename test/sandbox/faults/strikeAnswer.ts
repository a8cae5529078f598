import type { Answer } from '../ask';
import { firstTokens, countTokens } from '../usage/tokens';
import type { Fault } from './fault';

type AnswerChange = Extract<Fault, { readonly strikes: 'answer' }>['change'];

const REFUSAL = "I'm sorry, but I can't help with that.";

/** None of the fields that anybody asks for. */
const WRONG_JSON = '{"unasked": true}';

/** The answer as a fault leaves it; its usage stays true to what is left. */
export function strikeAnswer(answer: Answer, change: AnswerChange): Answer {
	const { toolCall: _dropped, ...rest } = answer;
	switch (change) {
		case 'empty-answer':
			return { ...rest, text: '', finish: 'stop', usage: { ...answer.usage, textTokens: 0 } };
		case 'refusal':
			return {
				...rest,
				text: REFUSAL,
				finish: 'refusal',
				usage: { ...answer.usage, textTokens: countTokens(REFUSAL) },
			};
		case 'wrong-json':
			return {
				...rest,
				text: WRONG_JSON,
				finish: 'stop',
				usage: { ...answer.usage, textTokens: countTokens(WRONG_JSON) },
			};
		case 'length': {
			const textTokens = Math.max(1, Math.floor(answer.usage.textTokens / 2));
			const text = firstTokens(answer.text, textTokens);
			return { ...rest, text, finish: 'length', usage: { ...answer.usage, textTokens } };
		}
	}
}
