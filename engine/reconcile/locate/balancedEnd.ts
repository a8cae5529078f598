const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Just after the bracket that closes the one at `start`; brackets inside strings do not count. */
export function balancedEnd(text: string, start: number): number | undefined {
	const open: string[] = [];
	let quote: string | undefined;
	for (let index = start; index < text.length; index += 1) {
		const sign = text[index] ?? '';
		if (sign === '\\') index += 1;
		else if (quote !== undefined) quote = sign === quote ? undefined : quote;
		else if (sign === '"') quote = sign;
		else if (sign in CLOSERS) open.push(CLOSERS[sign] ?? '');
		else if (sign === '}' || sign === ']') {
			if (open.pop() !== sign) return undefined;
			if (open.length === 0) return index + 1;
		}
	}
	return undefined;
}
