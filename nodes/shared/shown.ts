const MAX_SHOWN_CHARS = 80;

/**
 * A value as it appears in a message to the builder: JSON, cut when it is long, with characters
 * that nobody would see spelt out. Takes whatever an expression may give and never throws.
 */
export function shown(value: unknown): string {
	const text = textOf(value);
	const cut = text.length <= MAX_SHOWN_CHARS ? text : `${text.slice(0, MAX_SHOWN_CHARS)}…`;
	return cut.replace(/[\p{Cf}\u2028\u2029]/gu, escaped);
}

function textOf(value: unknown): string {
	switch (typeof value) {
		case 'undefined':
			return 'nothing';
		case 'object':
			return jsonText(value) ?? 'an object that JSON cannot hold';
		case 'string':
			return JSON.stringify(value);
		default:
			return String(value);
	}
}

/** The JSON of a value; `undefined` when it has none, as an object that holds itself. */
export function jsonText(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

function escaped(character: string): string {
	return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
