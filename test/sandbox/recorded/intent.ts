import { pick } from '../hash';

/**
 * A prompt can hold a recorded question without asking it: a router that wants it classified, a last
 * step that wants the found result put into words. Both are seen in the words around the question.
 */
const SORTS =
	/\b(?:classify|categorise|categorize|category|triage|difficulty|route|sort|label|judge|rank|(?:which|best) (?:answer|response|reply|candidate))\b/;
const PUTS_INTO_WORDS =
	/\b(?:write|rewrite|state|format|present|report|summarise|summarize|phrase|turn|polish|announce)\b/;
/** A number with its unit sign, or an option. */
const GIVEN =
	/\b(?:answer|result|solution)\b[^\n.:=?]{0,30}?(?:\bis\b|\bwas\b|:|=)[ \t"*]*((?:option )?(?:[$€£-]*\d(?:[\d,.]*\d)?(?: ?%)?|[A-J]\b))/gi;
const AGREEMENT = /\b(\d{1,3}) ?% of (?:the )?(?:models|answers)/i;

export type Intent =
	| { readonly kind: 'solve' }
	| { readonly kind: 'sort' }
	| { readonly kind: 'state-result'; readonly result: string; readonly agreement?: string };

/** `around`: the prompt's normalised words without the question; `prompt`: all of it, as sent. */
export function intentOf(around: string, prompt: string): Intent {
	if (SORTS.test(around)) return { kind: 'sort' };
	if (!PUTS_INTO_WORDS.test(around)) return { kind: 'solve' };
	const given = [...prompt.matchAll(GIVEN)].map(([, result]) => String(result));
	const result = mostFrequent(given);
	if (result === undefined) return { kind: 'solve' };
	const agreement = AGREEMENT.exec(prompt)?.[1];
	return { kind: 'state-result', result, ...(agreement === undefined ? {} : { agreement }) };
}

/** Several answers to choose from: the one that most of them give, the later of equals. */
function mostFrequent(values: readonly string[]): string | undefined {
	const count = (value: string) => values.filter((other) => other === value).length;
	return values.reduce<string | undefined>(
		(best, value) => (best === undefined || count(value) >= count(best) ? value : best),
		undefined,
	);
}

export function statement(intent: Extract<Intent, { kind: 'state-result' }>, seed: string): string {
	const line = pick(
		[
			'The answer is {r}{a}.',
			'Thanks for asking: the result is {r}{a}.',
			'After checking, the answer comes to {r}{a}.',
		],
		seed,
	);
	const agreed =
		intent.agreement === undefined ? '' : `, and ${intent.agreement} % of the models agree`;
	return line.replace('{r}', intent.result).replace('{a}', agreed);
}
