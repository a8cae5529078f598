import type { Ballot, Method, Verdict } from '../ballot';
import { createVocabulary } from '../text/vocabulary';
import { dissentOf, EQUAL_SHARE, modelsOf } from './vote';

/**
 * What each text is worth beside the others: a sum of 0–1 for each of them.
 *
 * @param texts the different words of each, numbered below `size`
 */
type Score = (texts: ReadonlyArray<readonly number[]>, size: number) => readonly number[];

/**
 * The text that has most in common with all others: the highest mean cosine of its different words
 * with theirs, which is its `agreement`.
 */
export const medoid: Method = (ballots, options) =>
	bestText(ballots, options.agreementThreshold, false, meanCosines);

/**
 * The text whose words the others support most: of its different words and pairs of neighbouring
 * words, the mean share of the other answers that hold them too, which is its `agreement`.
 */
export const supported: Method = (ballots, options) =>
	bestText(ballots, options.agreementThreshold, true, meanSupport);

/** An answer that cannot be read shares nothing with any other. Of equally good texts the first. */
function bestText(
	ballots: readonly Ballot[],
	agreementThreshold: number,
	withPairs: boolean,
	score: Score,
): Verdict {
	const read = ballots.filter(({ reading }) => reading !== undefined);
	const others = Math.max(1, ballots.length - 1);
	const vocabulary = createVocabulary();
	const words = read.map((ballot) => vocabulary.wordsOf(textOf(ballot), withPairs));
	const scores = score(words, vocabulary.size());
	const scored = new Map<string, { ballots: Ballot[]; agreement: number }>();
	read.forEach((ballot, index) => {
		const key = ballot.reading?.key ?? '';
		const known = scored.get(key);
		const agreement = shareOf((scores[index] ?? 0) / others);
		if (known === undefined) scored.set(key, { ballots: [ballot], agreement });
		else known.ballots.push(ballot);
	});
	const ranked = [...scored.values()].sort((a, b) => b.agreement - a.agreement);
	const [first, second] = ranked;
	const agreement = first?.agreement ?? 0;
	const isTie = second !== undefined && agreement - second.agreement <= EQUAL_SHARE;
	const winners = new Set(first?.ballots);
	return {
		answer: first?.ballots[0]?.reading?.answer ?? null,
		agreement,
		agreed: !isTie && agreement > agreementThreshold,
		winner: modelsOf(first?.ballots ?? []),
		votes: ranked.map((one) => ({
			answer: one.ballots[0]?.reading?.answer ?? null,
			weight: Number(one.agreement.toFixed(4)),
			models: modelsOf(one.ballots),
		})),
		dissent: dissentOf(ballots.filter((ballot) => !winners.has(ballot))),
	};
}

/** Without what binary fractions put beyond 0 and 1. */
function shareOf(score: number): number {
	return Number(Math.min(1, Math.max(0, score)).toFixed(12));
}

function textOf({ reading }: Ballot): string {
	return typeof reading?.answer === 'string' ? reading.answer : (reading?.written ?? '');
}

/** Of each text the sum of its cosines with the others: one pass, not each with each. */
const meanCosines: Score = (texts, size) => {
	const sums = new Float64Array(size);
	for (const words of texts) {
		const share = 1 / Math.sqrt(words.length);
		for (const word of words) sums[word] = (sums[word] ?? 0) + share;
	}
	return texts.map((words) => {
		if (words.length === 0) return 0;
		let total = 0;
		for (const word of words) total += sums[word] ?? 0;
		// Less the cosine with itself.
		return total / Math.sqrt(words.length) - 1;
	});
};

/** Of each text the sum over the others of the share of its words that they hold. */
const meanSupport: Score = (texts, size) => {
	const holders = new Int32Array(size);
	for (const words of texts) {
		for (const word of words) holders[word] = (holders[word] ?? 0) + 1;
	}
	return texts.map((words) => {
		if (words.length === 0) return 0;
		let total = 0;
		for (const word of words) total += (holders[word] ?? 1) - 1;
		return total / words.length;
	});
};
