import type { JsonValue } from '../spec/json';
import type { Normalization } from '../spec/reconcile';
import type { MarkedAnswer } from './locate/markedAnswer';

/** What one answer was read as. */
export interface Reading {
	/** What the output shows: a number as one, else as the writer gave it. */
	readonly answer: JsonValue;
	/** To the letter as the writer gave it. */
	readonly written: string;
	/** Equal keys are one vote. */
	readonly key: string;
	/** The value of a number, so that a tolerance can join what keys tell apart. */
	readonly number?: number;
}

/** One answer, prepared once for all ways to read it. */
export interface AnswerText {
	/** The whole text, without a reasoning block. */
	readonly text: string;
	/** The answer itself, where it is an object or a list and no text. */
	readonly data?: JsonValue;
	/** The part marked as the answer, unwrapped; absent when nothing is marked. */
	readonly marked?: MarkedAnswer;
}

/** One way to read an answer; `undefined` when it holds nothing of that kind (an abstention). */
export type Extract = (answer: AnswerText, normalization: Normalization) => Reading | undefined;
