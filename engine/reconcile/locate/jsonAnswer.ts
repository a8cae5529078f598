import { balancedEnd } from './balancedEnd';
import type { Found } from './markedAnswer';

/**
 * The value of the last `"answer"` key of the JSON in a text, read by hand: a third of the JSON
 * that models write does not parse (raw line breaks, `\(` and other LaTeX, quotes inside quotes),
 * and what stands around the key is of no interest.
 */
export function jsonAnswer(text: string): Found | undefined {
	let valueStart: number | undefined;
	for (const found of text.matchAll(ANSWER_KEY)) {
		if (text[found.index - 1] !== '\\') valueStart = found.index + found[0].length;
	}
	return valueStart === undefined ? undefined : valueAt(text, valueStart);
}

const ANSWER_KEY = /["'](?:(?:final|correct)[ _-]?)?answer["']\s{0,16}:\s{0,64}/gi;
const BARE_VALUE = /[^,}\]\n\r]{0,200}/y;
const KEY_NEXT = /["'][\w .-]{1,64}["']\s{0,16}:/y;
const SPACES = /\s{0,64}/y;

function valueAt(text: string, start: number): Found | undefined {
	const first = text[start];
	if (first === '"' || first === "'") {
		const exact = unescaped(text.slice(start + 1, stringEnd(text, start)));
		return { text: exact, exact };
	}
	if (first === '{' || first === '[') {
		const end = balancedEnd(text, start);
		return end === undefined ? undefined : { text: text.slice(start, end) };
	}
	const bare = at(BARE_VALUE, text, start).trim();
	return { text: bare === 'null' || bare === 'None' ? '' : bare };
}

/**
 * Where the string ends that opens at `start`: at the first quote after which the JSON goes on
 * (`}`, `, "key":`, the end), else at the first quote.
 */
function stringEnd(text: string, start: number): number {
	const quote = text[start];
	let firstQuote: number | undefined;
	for (let index = start + 1; index < text.length; index += 1) {
		const sign = text[index];
		if (sign === '\\') index += 1;
		else if (sign === quote) {
			firstQuote ??= index;
			if (jsonGoesOnAt(text, index + 1)) return index;
		}
	}
	return firstQuote ?? text.length;
}

function jsonGoesOnAt(text: string, start: number): boolean {
	const index = start + at(SPACES, text, start).length;
	const sign = text[index];
	if (sign === undefined || sign === '}' || text.startsWith('```', index)) return true;
	const keyStart = sign === ',' ? index + 1 + at(SPACES, text, index + 1).length : index;
	return at(KEY_NEXT, text, keyStart) !== '' || (sign === ',' && text[keyStart] === '}');
}

function at(pattern: RegExp, text: string, index: number): string {
	pattern.lastIndex = index;
	return pattern.exec(text)?.[0] ?? '';
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(\\)|([\s\S]))/g;
const CONTROLS: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	b: '\b',
	f: '\f',
	'"': '"',
	"'": "'",
	'/': '/',
};
/** LaTeX that looks like a JSON escape: `\frac` starts with a form feed, `\times` with a tab. */
const LATEX_COMMAND =
	/(?:bar|begin|beta|big|bigl|bigr|binom|boxed|bot|bullet|forall|frac|fbox|nabla|neg|neq|ne|nu|rangle|rceil|rfloor|rho|right|rm|tan|tau|text|textbf|tfrac|theta|times|triangle)(?![a-z])/y;

/** JSON string escapes resolved; a backslash that starts LaTeX or nothing known stays. */
function unescaped(source: string): string {
	if (!source.includes('\\')) return source;
	return source.replace(ESCAPE, (escape, hex: string, backslash: string, sign: string, index) => {
		if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
		if (backslash !== undefined) return '\\';
		if (at(LATEX_COMMAND, source, Number(index) + 1) !== '') return escape;
		return CONTROLS[sign] ?? escape;
	});
}
