import { pick } from '../hash';

/**
 * A prompt can hold a recorded question without asking it: a router that wants it classified, a last
 * step that wants the found result put into words. Both are seen in the words around the question.
 */
const SORTS = /\b(?:classify|categorise|categorize|category|triage|difficulty|route|label)\b/;
const PUTS_INTO_WORDS =
	/\b(?:write|rewrite|state|format|present|report|summarise|summarize|phrase|turn|polish|announce)\b/;
const GIVEN =
	/\b(?:answer|result|solution)\b[^\n.:=?]{0,30}?(?:\bis\b|\bwas\b|:|=)[ \t"*]*([^\n"*<>;]{1,60})/gi;

export type Intent =
	| { readonly kind: 'solve' }
	| { readonly kind: 'sort' }
	| { readonly kind: 'state-result'; readonly result: string };

/** `around`: the prompt's normalised words without the question; `prompt`: all of it, as sent. */
export function intentOf(around: string, prompt: string): Intent {
	if (SORTS.test(around)) return { kind: 'sort' };
	if (!PUTS_INTO_WORDS.test(around)) return { kind: 'solve' };
	const given = [...prompt.matchAll(GIVEN)]
		.map(([, result]) =>
			String(result)
				.replace(/[.,]?\s*$/, '')
				.trim(),
		)
		.filter((result) => /^[$€£-]?\d|^(?:option )?[A-J1-9]\b/i.test(result));
	const result = given.at(-1);
	return result === undefined ? { kind: 'solve' } : { kind: 'state-result', result };
}

export function statement(result: string, seed: string): string {
	const line = pick(
		[
			'The answer is {r}.',
			'In short: the result is {r}.',
			'After checking, the answer comes to {r}.',
		],
		seed,
	);
	return line.replace('{r}', result);
}
