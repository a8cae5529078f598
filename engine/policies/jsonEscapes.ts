import { matchAt } from './jsonText';

/**
 * What stands between the quotes of a string in a model's JSON, as valid JSON. Models leave out
 * half of the escapes: line breaks and quotes stand raw, and LaTeX keeps its single backslashes.
 */
export function escapeBody(body: string, rawLatex: boolean): string {
	if (!NEEDS_CARE.test(body)) return body;
	return body.replace(
		ESCAPE_OR_RAW,
		(found: string, escaped: string | undefined, index: number) => {
			if (escaped === undefined) return RAW[found] ?? found;
			if (escaped.length > 1 || KEPT.includes(escaped)) return found;
			if (escaped === "'") return "'";
			if (escaped === '\n' || escaped === '\r') return '\\n';
			if (CONTROLS.includes(escaped)) {
				const word = matchAt(LETTERS, body, index + 1);
				return startsLatex(word, rawLatex) ? `\\${found}` : found;
			}
			return `\\\\${RAW[escaped] ?? escaped}`;
		},
	);
}

/** A valid JSON text whose LaTeX is kept: `\\frac` is a command, not a form feed and "rac". */
export function keepLatex(json: string): string {
	return json.replace(CONTROL_ESCAPE, (found: string, backslashes: string, word: string) =>
		backslashes.length % 2 === 1 && startsLatex(word, false) ? `\\${found}` : found,
	);
}

/** Whether a document holds backslashes that no JSON escape explains: `\(`, `\sqrt`, `\{`. */
export function writesRawLatex(source: string): boolean {
	return UNDOUBLED.test(source);
}

// Below the space stand the control characters.
const NEEDS_CARE = /[\\"]|[^ -\uffff]/;
const ESCAPE_OR_RAW = /\\(u[0-9a-fA-F]{4}|[^])|"|[^ -\uffff]/g;
const CONTROL_ESCAPE = /(?<!\\)(\\+)([bfnrt][a-zA-Z]+)/g;
/** Quotes and control characters as JSON writes them. */
const RAW: Readonly<Record<string, string>> = Object.fromEntries(
	['"', ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))].map((sign) => [
		sign,
		JSON.stringify(sign).slice(1, -1),
	]),
);
const KEPT = '"\\/';
const CONTROLS = 'bfnrt';
const UNDOUBLED = /(?<!\\)\\(?:\\\\)*[^\\"'/bfnrtu\s\d]/;

/** LaTeX whose first letter is also a JSON escape; read as that, it would leave no word behind. */
const LATEX = new Set(
	(
		'nabla natural nearrow neg neq nexists ngeq nleq nmid nolimits nonumber not notin nparallel ' +
		'nrightarrow nsubseteq nwarrow ' +
		'tag tan tanh tau tbinom text textbf textit textrm texttt textsf tfrac therefore theta ' +
		'thickapprox thicksim tilde times to top triangle triangleq ' +
		'rangle rbrace rbrack rceil rfloor rho right rightarrow rightharpoonup rightleftharpoons rm root'
	).split(' '),
);
/** LaTeX too, or a new line that starts with "u": believed where other backslashes stand raw. */
const LATEX_OR_LETTER = new Set(['ne', 'nu']);
const LETTERS = /[a-zA-Z]+/y;

/** A form feed or a backspace is never meant; a line break, a tab or a return mostly is. */
function startsLatex(word: string, rawLatex: boolean): boolean {
	if (word[0] === 'b' || word[0] === 'f') return word.length > 1;
	return LATEX.has(word) || (rawLatex && LATEX_OR_LETTER.has(word));
}
