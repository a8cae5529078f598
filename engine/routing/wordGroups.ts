import { hashWord } from './hash';

/**
 * Words that are counted together, because what they tell about a prompt is the same. English: the
 * recorded questions are.
 */
const WORD_GROUPS = {
	numberWords:
		'one two three four five six seven eight nine ten eleven twelve half twice third quarter double triple dozen hundred thousand',
	comparison: 'than times more less fewer most least greater smaller larger',
	sequence: 'then after before next first second last finally until while when if unless',
	remainder: 'left remain remaining remains rest',
	negation: 'not no never except cannot false incorrect without neither nor',
	reasoning: 'why how explain because prove derive show justify',
	question: 'which what who where whom whose',
	creation: 'write create generate compose draft design build implement make',
	finding: 'list extract identify find determine calculate compute estimate evaluate',
	aggregate: 'each every per average rate ratio total altogether all',
	modality: 'must should may could would might likely probably',
	rewriting: 'summarize summarise translate rewrite classify format convert',
	mathTerms:
		'integer integers digit digits polynomial polynomials equation equations triangle triangles circle circles radius angle angles perpendicular parallel vertex vertices prime primes divisor divisors divisible modulo congruent arithmetic geometric probability permutation permutations matrix vector theorem proof prove lemma derivative integral logarithm irrational rational coefficient coefficients parabola hyperbola ellipse polygon hexagon pentagon quadrilateral rectangle cube sphere cylinder tangent chord isosceles equilateral coordinate coordinates factorial',
	codeWords:
		'def return import class const var function void public static print assert elif struct lambda select console include',
} as const;

export type WordGroup = keyof typeof WORD_GROUPS;
export const WORD_GROUP_NAMES = Object.keys(WORD_GROUPS) as WordGroup[];

/** Index into `WORD_GROUP_NAMES` by the hash of the word. */
export const groupOfWord: ReadonlyMap<number, number> = new Map(
	Object.values(WORD_GROUPS).flatMap((words, index) =>
		words.split(' ').map((word) => [hashWord(word), index] as const),
	),
);
