/**
 * Takes off what models put around an answer and what is not part of it: emphasis, code ticks,
 * formula delimiters, `\boxed{}`, `\text{}`. Quotes and brackets stay: they may be the answer.
 */
export function unwrap(answer: string): string {
	let inner = answer.trim();
	for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
		const outer = inner;
		inner = withoutEnds(inner).trim();
		if (inner === outer) break;
	}
	return inner;
}

const MAX_LAYERS = 8;

const PAIRS: ReadonlyArray<readonly [string, string]> = [
	['```', '```'],
	['**', '**'],
	['__', '__'],
	['`', '`'],
	['*', '*'],
	['_', '_'],
	['\\(', '\\)'],
	['\\[', '\\]'],
	['$$', '$$'],
	['$', '$'],
];
const COMMAND = /^\\(?:boxed|fbox|text|textbf|mathrm|mathbf|mbox|displaystyle)\s*\{/;
/** What is left over when only the other end of a pair was inside the answer. */
const LOOSE_START = /^(?:\*{2,}|`{3}\w*|[:=]|#{1,6} |> )\s*/;

function withoutEnds(text: string): string {
	for (const [open, close] of PAIRS) {
		if (isEnclosed(text, open, close)) return text.slice(open.length, -close.length);
	}
	const command = COMMAND.exec(text)?.[0];
	if (command !== undefined && closingBrace(text, command.length - 1) === text.length - 1) {
		return text.slice(command.length, -1);
	}
	const start = LOOSE_START.exec(text)?.[0].length ?? 0;
	const rest = text.slice(start);
	return withoutLooseEnd(rest);
}

function withoutLooseEnd(text: string): string {
	if (!text.endsWith('**')) return text;
	let end = text.length;
	while (end > 0 && text[end - 1] === '*') end -= 1;
	return text.slice(0, end);
}

/** Whether the two signs are a pair around everything, as `$a$ and $b$` is not. */
function isEnclosed(text: string, open: string, close: string): boolean {
	return (
		text.length > open.length + close.length &&
		text.startsWith(open) &&
		text.endsWith(close) &&
		text.indexOf(close, open.length) === text.length - close.length
	);
}

/** Where the brace at `open` is closed; -1 where it is not. */
export function closingBrace(text: string, open: number): number {
	let depth = 0;
	for (let index = open; index < text.length; index += 1) {
		const sign = text[index];
		if (sign === '\\') index += 1;
		else if (sign === '{') depth += 1;
		else if (sign === '}') {
			depth -= 1;
			if (depth === 0) return index;
		}
	}
	return -1;
}
