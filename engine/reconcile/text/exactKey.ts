import { isLiteral, literalKey } from './literalKey';

const QUOTED = /^(['"])([\s\S]*)\1$/;
const ESCAPE = /\\([nrt\\'"])/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Whether a text is one quoted string, as `'a b'`; not two of them, as `'a', 'b'`. */
export function isQuotedString(text: string): boolean {
	const [, quote = '', inner] = QUOTED.exec(text) ?? [];
	if (inner === undefined) return false;
	for (let index = 0; index < inner.length; index += 1) {
		if (inner[index] === '\\') index += 1;
		else if (inner[index] === quote) return false;
	}
	return true;
}

/** What a literal stands for: without its quotes, with its escapes resolved, sign by sign. */
export function exactKey(text: string): string {
	const trimmed = text.trim();
	if (isQuotedString(trimmed)) return resolved(trimmed.slice(1, -1));
	if (isLiteral(trimmed)) return literalKey(trimmed);
	return resolved(text);
}

function resolved(text: string): string {
	return text.replace(ESCAPE, (_, sign: string) => CONTROLS[sign] ?? sign);
}
