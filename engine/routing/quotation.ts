import { SPACE, kindOf } from './characters';

/**
 * Where the quotation ends that is opened here; 0 where none is. A straight quotation mark opens one
 * only after a space or a bracket: 5" is a length.
 */
export function quotationEnd(text: string, at: number): number {
	const closing = closingMark(text.charCodeAt(at));
	if (closing === undefined) return 0;
	if (closing === '"' && at > 0) {
		const before = text.charCodeAt(at - 1);
		if (kindOf(before) !== SPACE && before !== 0x28) return 0;
	}
	return text.indexOf(closing, at + 1) + 1;
}

function closingMark(opening: number): string | undefined {
	switch (opening) {
		case 0x22: // "
			return '"';
		case 0x201c: // “
			return '”';
		case 0x201e: // „
			return '“';
		case 0xab: // «
			return '»';
		default:
			return undefined;
	}
}
