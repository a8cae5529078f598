import type { Extract } from '../reading';
import { unwrap } from '../text/unwrap';
import { readWritten } from './finalAnswer';

/** The last line that holds more than rules and fences. */
export const lastLine: Extract = ({ text }, normalization) => {
	let end = text.length;
	while (end > 0) {
		const start = text.lastIndexOf('\n', end - 1) + 1;
		const line = text.slice(start, end).trim();
		if (HOLDS_WORDS.test(line)) return readWritten(unwrap(line), normalization);
		end = start - 1;
	}
	return undefined;
};

const HOLDS_WORDS = /[^\s`*_=~-]/;
