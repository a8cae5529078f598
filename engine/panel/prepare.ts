import { estimateTokens } from '../policies/estimateTokens';
import type { AnswerIn } from '../spec/reconcile';
import type { Panel } from '../spec/panel';
import { distinctAnswers, type DistinctAnswer } from './distinctAnswers';
import { labelOf, MAX_LABELS } from './order';
import { materialOf, type Material } from './prompts';
import { quote } from './quote';

/** Answers made ready to be shown to models. */
export interface Prepared {
	/** At most as many as there are letters: those that most gave, in the order given. */
	readonly answers: readonly DistinctAnswer[];
	/** How many answers were given, blank and repeated ones included. */
	readonly given: number;
	/** Differs with every question, set of answers and seed. */
	readonly code: string;
	/** The prompt's material for some of the answers, in this order of their places. */
	readonly show: (order: readonly number[]) => Material;
	/** The place of the answer under a letter of such an order. */
	readonly placeOf: (label: string, order: readonly number[]) => number;
	/** Tokens of the longest answer as it is shown. */
	readonly longestTokens: number;
	readonly warnings: readonly string[];
}

/** @throws {InvalidPlanError} for less than two answers */
export function prepare(
	question: string,
	given: readonly AnswerIn[],
	{ options, seed }: Pick<Panel, 'options' | 'seed'>,
): Prepared {
	const distinct = distinctAnswers(given);
	const answers = [...distinct.answers]
		.sort((a, b) => b.models.length - a.models.length || a.index - b.index)
		.slice(0, MAX_LABELS)
		.sort((a, b) => a.index - b.index);
	const quotes = quote(
		[
			{ text: question, maxTokens: options.maxQuestionTokens },
			...answers.map(({ text }) => ({ text, maxTokens: options.maxAnswerTokens })),
		],
		seed,
	);
	const [shownQuestion, ...shownAnswers] = quotes.texts;
	const cut = answers.flatMap(({ models }, place) => {
		const leftOutTokens = shownAnswers[place]?.leftOutTokens ?? 0;
		return leftOutTokens === 0 ? [] : [{ who: models[0] ?? '', leftOutTokens }];
	});
	const hidden = distinct.answers.length - answers.length;
	return {
		answers,
		given: distinct.given,
		code: quotes.code,
		show: (order) => materialOf(quotes, order),
		placeOf: (label, order) => order[order.findIndex((_, at) => labelOf(at) === label)] ?? -1,
		longestTokens: Math.max(0, ...shownAnswers.map(({ text }) => estimateTokens(text))),
		warnings: [
			...((shownQuestion?.leftOutTokens ?? 0) === 0
				? []
				: ['The question is long, so the models were shown its start and its end only']),
			...cut.map(
				({ who, leftOutTokens }) =>
					`The answer of ${who} is long: about ${leftOutTokens} tokens of its middle were not shown`,
			),
			...(hidden === 0
				? []
				: [
						`Only ${MAX_LABELS} different answers can be shown: ${hidden} that fewest models gave were not`,
					]),
		],
	};
}
