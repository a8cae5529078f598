import { answerText } from '../reconcile/answerText';
import { InvalidPlanError } from '../spec/errors';
import type { JsonValue } from '../spec/json';
import type { AnswerIn, Vote } from '../spec/reconcile';

/** One answer with all who gave it word for word. */
export interface DistinctAnswer {
	/** Index of the first who gave it, among all answers. */
	readonly index: number;
	readonly answer: JsonValue;
	/** As a reader sees it: without thoughts, an object as its JSON. */
	readonly text: string;
	readonly models: readonly string[];
	/** Indices of all who gave it. */
	readonly indices: readonly number[];
}

export interface Distinct {
	/** In the order in which each was first given; blank ones are not among them. */
	readonly answers: readonly DistinctAnswer[];
	/** How many answers were given, blank ones included. */
	readonly given: number;
}

/**
 * The answers without repetitions, since an answer that is shown twice competes with itself.
 * White space makes no difference.
 *
 * @throws {InvalidPlanError} for less than two answers
 */
export function distinctAnswers(answers: readonly AnswerIn[]): Distinct {
	if (answers.length < 2) {
		throw new InvalidPlanError(
			`${answers.length === 0 ? 'There are no answers' : 'There is only one answer'} to reconcile`,
			'Give at least two answers to the same question, for example from a Parallel Fan-out with two or more candidates.',
		);
	}
	const byText = new Map<string, DistinctAnswer & { models: string[]; indices: number[] }>();
	for (const [index, { text: answer, model }] of answers.entries()) {
		const { text } = answerText(answer);
		const key = text.split(/\s+/).join(' ').trim();
		if (key === '') continue;
		const same = byText.get(key);
		if (same === undefined) {
			byText.set(key, { index, answer, text, models: [model], indices: [index] });
		} else {
			same.models.push(model);
			same.indices.push(index);
		}
	}
	return { answers: [...byText.values()], given: answers.length };
}

/** Heaviest first, then who has more models behind it, then who was given first. */
export function votesFor(
	answers: readonly DistinctAnswer[],
	weightOf: (answer: DistinctAnswer) => number,
): Vote[] {
	return answers
		.map((answer) => ({ ...answer, weight: weightOf(answer) }))
		.sort((a, b) => b.weight - a.weight || b.models.length - a.models.length || a.index - b.index)
		.map(({ answer, weight, models }) => ({ answer, weight, models }));
}

/** Everybody whose answer is not the winner; `null` for a blank one. */
export function dissentFrom(winner: DistinctAnswer, answers: readonly AnswerIn[]) {
	const inside = new Set(winner.indices);
	return answers.flatMap(({ text, model }, index) =>
		inside.has(index) ? [] : [{ model, answer: answerText(text).text.trim() === '' ? null : text }],
	);
}
