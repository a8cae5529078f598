import { boxedAnswer } from './boxedAnswer';
import { CUE_STEMS, cuedAnswer } from './cuedAnswer';
import { jsonAnswer } from './jsonAnswer';
import { taggedAnswer } from './taggedAnswer';
import { trailingAnswer } from './trailingAnswer';

/** What stands at a mark. */
export interface Found {
	readonly text: string;
	/** The same to the letter, spaces included, where the mark shows its beginning and end. */
	readonly exact?: string;
}

/** The part of a text that its writer marked as the answer. */
export interface MarkedAnswer extends Found {
	/** How it was marked, as a noun phrase for the reason shown to the builder. */
	readonly mark: string;
}

function plain(find: (text: string) => string | undefined): (text: string) => Found | undefined {
	return (text) => {
		const found = find(text);
		return found === undefined ? undefined : { text: found };
	};
}

/** Surest mark first. */
const MARKS: ReadonlyArray<{
	readonly mark: string;
	readonly find: (text: string) => Found | undefined;
}> = [
	{ mark: 'the JSON field "answer"', find: jsonAnswer },
	{ mark: 'an <answer> tag', find: plain(taggedAnswer) },
	{ mark: '\\boxed{}', find: plain(boxedAnswer) },
	{ mark: 'a line "#### …"', find: plain(trailingAnswer) },
	{ mark: 'a phrase such as "the answer is"', find: plain(cuedAnswer) },
];

/** Finds the marked answer in time linear in the text; `undefined` when nothing is marked. */
export function markedAnswer(text: string): MarkedAnswer | undefined {
	const lowerCase = text.toLowerCase();
	if (!MARK_STEMS.some((stem) => lowerCase.includes(stem))) return undefined;
	for (const { mark, find } of MARKS) {
		const found = find(text);
		if (found !== undefined) return { ...found, mark };
	}
	return undefined;
}

/** Every mark holds one of these. Most prose holds none, and to find that out is cheap. */
const MARK_STEMS = ['boxed', 'fbox', '####', ...CUE_STEMS];
