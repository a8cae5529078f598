const QUOTES = /["'“”‘’]/g;
const BRACKETED = /^[[({][\s\S]*[\])}]$/;
const QUOTED = /^(["'])[\s\S]*\1$/;
const OUTSIDE_STRINGS = /"[^"]*"|\s+/g;

/** Whether a text is a list, tuple, object or quoted string, as code or JSON writes them. */
export function isLiteral(text: string): boolean {
	const last = text.at(-1) ?? '';
	return '])}"\''.includes(last) && (BRACKETED.test(text) || QUOTED.test(text));
}

/** Signs and order kept; the kind of quotes and the space between elements are not. */
export function literalKey(literal: string): string {
	const json = canonicalIfJson(literal);
	if (json !== undefined) return json;
	const compact = literal
		.replace(QUOTES, '"')
		.replace(OUTSIDE_STRINGS, (part) => (part.startsWith('"') ? part : ''));
	const isOneString = QUOTED.test(compact) && compact.indexOf('"', 1) === compact.length - 1;
	return isOneString && compact.length > 2 ? compact.slice(1, -1) : compact;
}

function canonicalIfJson(literal: string): string | undefined {
	if (!literal.startsWith('{')) return undefined;
	try {
		return canonicalJson(JSON.parse(literal));
	} catch {
		return undefined;
	}
}

/**
 * JSON with the keys of every object in order, so that equal data are equal text. By hand, since a
 * replacer makes it three times as slow.
 */
export function canonicalJson(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const source = value as { readonly [key: string]: unknown };
	let fields = '';
	for (const key of Object.keys(source).sort()) {
		const inner = source[key];
		if (inner === undefined) continue;
		fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(inner)}`;
	}
	return `{${fields}}`;
}
