import { recordings, type QuestionKind } from './recordings';

/** A question that the sandbox can answer as real models did. */
export interface RecordedQuestion {
	readonly id: string;
	readonly question: string;
	readonly truth: string;
	/** IDs of the models whose answers were recorded; `vendorOfModel` tells under which path. */
	readonly models: readonly string[];
}

export function recordedQuestions(kind: QuestionKind): readonly RecordedQuestion[] {
	return recordings()
		.filter((recording) => recording.kind === kind)
		.map(({ id, question, truth, answers }) => ({
			id,
			question,
			truth,
			models: answers.map(({ model }) => model),
		}));
}
