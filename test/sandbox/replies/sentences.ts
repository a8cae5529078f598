/** Reading of running text: sentences, words, and which of them matter. */
export function sentencesOf(text: string): readonly string[] {
	return (
		text
			.replace(/\s*\n+\s*[-*•]?\s*/g, '\n')
			.split(/(?<=[.!?])\s+(?=["'(]?[\p{Lu}\d])|\n/u)
			.map((sentence) => sentence.trim())
			// Headings and labels are not sentences.
			.filter((sentence) => /\p{L}/u.test(sentence) && !/^#|^[\w ]{1,30}:$/.test(sentence))
	);
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}][\p{L}'’-]+/gu) ?? [];
}

const COMMON = new Set(
	`a about after all also an and any are as at be because been but by can could did do does each for
	from had has have he her his how if in into is it its just more most no not of on one only or other
	our out over please she should so some such than that the their them then there these they this
	those to up us use using very was we were what when where which who why will with would you your
	following text write reply answer give make`.split(/\s+/),
);

export function contentWords(text: string): readonly string[] {
	return wordsOf(text).filter((word) => word.length > 2 && !COMMON.has(word));
}

/** The sentences that carry most of what the text is about, in their own order. */
export function keySentences(text: string, count: number): readonly string[] {
	const sentences = sentencesOf(text);
	const frequency = new Map<string, number>();
	for (const word of contentWords(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
	const scored = sentences.map((sentence, index) => {
		const words = contentWords(sentence);
		const weight = words.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0);
		// Texts put the main point first; very long sentences should not win by length alone.
		const score = weight / Math.sqrt(words.length + 3) + (index === 0 ? 2 : 0);
		return { sentence, index, score };
	});
	return scored
		.toSorted((one, other) => other.score - one.score || one.index - other.index)
		.slice(0, count)
		.toSorted((one, other) => one.index - other.index)
		.map(({ sentence }) => sentence);
}

/** The words that come up most, most frequent first. */
export function keyWords(text: string, count: number): readonly string[] {
	const frequency = new Map<string, number>();
	for (const word of contentWords(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
	return [...frequency]
		.toSorted(([, one], [, other]) => other - one)
		.slice(0, count)
		.map(([word]) => word);
}

export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How many sentences, points or words an instruction allows, e.g. `in two sentences`. */
export function requestedCount(
	instruction: string,
	unit: 'sentence' | 'point' | 'word',
): number | undefined {
	const units = {
		sentence: 'sentences?',
		point: '(?:bullet )?(?:points?|bullets?|items?|takeaways?)',
		word: 'words?',
	};
	const found = new RegExp(
		`\\b(\\d+|one|two|three|four|five|six)[ -](?:short |key |main )?${units[unit]}\\b`,
		'i',
	).exec(instruction)?.[1];
	if (found === undefined) return undefined;
	const spelt = ['one', 'two', 'three', 'four', 'five', 'six'].indexOf(found.toLowerCase());
	return spelt === -1 ? Number(found) : spelt + 1;
}
