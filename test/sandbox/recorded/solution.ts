import { parseJson, textAt } from '../json';
import type { RecordedAnswer } from './recordings';

/** A recorded answer in two parts, for requests that want it in fields. */
export interface Solution {
	readonly final: string;
	readonly reasoning: string;
}

export function solutionOf({ text, final = '' }: RecordedAnswer): Solution {
	const document = parseJson(jsonBlock(text));
	const reasoning = textAt(document, 'reasoning') ?? text.replace(/<\/?ANSWER>/g, '');
	return { final: final.replace(/^[$€£]\s*/, ''), reasoning: reasoning.trim() };
}

/** From the first brace to the last; many models fence the block or talk around it. */
export function jsonBlock(text: string): string {
	const start = text.indexOf('{');
	const end = text.lastIndexOf('}');
	return start === -1 || end < start ? '' : text.slice(start, end + 1);
}
