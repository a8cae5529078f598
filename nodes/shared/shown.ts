const MAX_SHOWN_CHARS = 80;

/** A value as it appears in a message to the builder: JSON, cut when it is long. */
export function shown(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value) ?? String(value);
	return text.length <= MAX_SHOWN_CHARS ? text : `${text.slice(0, MAX_SHOWN_CHARS)}…`;
}
