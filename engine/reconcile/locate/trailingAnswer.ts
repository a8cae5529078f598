const MARK = '####';

/** What follows `####` on the last line that is not empty: how GSM8K marks its answers. */
export function trailingAnswer(text: string): string | undefined {
	const start = text.lastIndexOf(MARK);
	if (start === -1) return undefined;
	const rest = text.slice(start + MARK.length).trim();
	return rest === '' || rest.startsWith('#') || rest.includes('\n') || rest.includes(':')
		? undefined
		: rest;
}
