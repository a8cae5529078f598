import { mean } from './rankMetrics';

/**
 * What recordings tell about a question beyond who won: how many models solved it, how long their
 * answers are, how the answer is written. Single wins are noise; a teacher fitted on this evidence
 * gives the classifier a steadier target (learning with privileged information, Vapnik 2009).
 * Nothing of it exists at run time. Factors bring the columns to a spread of about one.
 */
type Evidence = Readonly<Record<string, number>>;
type Scores = Readonly<Record<string, number>>;

export interface WrittenAnswers {
	readonly prompt: string;
	readonly cheap_text: string;
	readonly strong_text: string;
	readonly cheap_out_tokens_est: number;
	readonly strong_out_tokens_est: number;
}

/** The cheap model of the pair, asked by someone else. */
const CHEAP_MODEL = 'Mixtral-8x7B-Instruct-v0.1';
const WEAK_MODELS = [
	'gpt-3.5-turbo-0125',
	'Meta-Llama-3-8B-Instruct',
	'Mixtral-8x7B-Instruct-v0.1',
	'Yi-1.5-9B-Chat',
	'command-r',
	'reka-flash-20240226',
];
const STRONG_MODELS = [
	'gpt-4o-2024-05-13',
	'gpt-4o-2024-08-06',
	'claude-3-5-sonnet-20241022',
	'Mistral-Large-2',
];

const missedBy = (models: readonly string[], scores: Scores): number =>
	1 - mean(models.map((model) => scores[model] ?? 0));

const numbersIn = (text: string): string[] => text.match(/\d[\d,.]*\d|\d/g) ?? [];

/** From the two answers that a pair wrote, and from other models where they have the question. */
export function ofWrittenAnswers(line: WrittenAnswers, others: Scores | undefined): Evidence {
	const lastLine = line.strong_text.trim().split('\n').pop() ?? '';
	const lastNumbers = numbersIn(lastLine);
	const lastNumber = lastNumbers.at(-1);
	const repeatsTheQuestion =
		lastNumbers.length > 1 && lastNumber !== undefined && line.prompt.includes(lastNumber);
	return {
		strongWritesCents: /\.\d\d\b/.test(lastLine) ? 1 : 0,
		strongLastNumbers: Math.min(4, lastNumbers.length) / 1.5,
		strongRepeatsTheQuestion: repeatsTheQuestion ? 1 : 0,
		strongLength: 2 * (Math.log(line.strong_out_tokens_est) - 5.3),
		cheapLength: 1.5 * (Math.log(line.cheap_out_tokens_est + 1) - 5),
		...(others && {
			missed: 5 * (missedBy(Object.keys(others), others) - 0.1),
			missedByCheapAgain: 2 * missedBy([CHEAP_MODEL], others) - 0.6,
			missedByWeak: 3 * missedBy(WEAK_MODELS, others) - 0.8,
			missedByStrong: 3 * missedBy(STRONG_MODELS, others),
		}),
	};
}

/** From a table of who solved the question; `part` is a task or a category. */
export function ofManyModels(part: string, scores: Scores, outChars?: Scores): Evidence {
	const missed = missedBy(Object.keys(scores), scores);
	return {
		[part]: 2,
		[`${part}: missed`]: 3 * (missed - 0.4),
		[`${part}: divided`]: 3 * missed * (1 - missed),
		...(outChars && { [`${part}: length`]: Math.log(mean(Object.values(outChars))) - 6.5 }),
	};
}

/** From a generated puzzle, whose length is its difficulty. */
export const ofPuzzle = (question: string, scores: readonly number[]): Evidence => ({
	puzzleMissed: 3 * (0.6 - mean(scores)),
	puzzleLength: Math.log(question.length / 1000),
});
