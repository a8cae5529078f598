import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a model answered to one question, as recorded in the public data sets. */
export interface RecordedAnswer {
	readonly model: string;
	/** The raw output, or the end of it; empty where the source kept only the final answer. */
	readonly text: string;
	/** The answer that the source's own extractor found. */
	readonly final: string | null;
	readonly correct: 0 | 1;
}

export interface RecordedQuestion {
	readonly id: string;
	/** The part of the ID before the slash: `gsm`, `math-l5`, `crux`, `farel`, `lineage`, … */
	readonly set: string;
	readonly truth: string;
	readonly answers: readonly RecordedAnswer[];
}

type Line = Omit<RecordedQuestion, 'set' | 'answers'> & {
	readonly answers?: ReadonlyArray<Omit<RecordedAnswer, 'text'> & { text?: string; tail?: string }>;
};

const SUBSET_FOLDER = 'test/fixtures/recorded';

/** The full sets where MULTI_MODEL_DATA names their folder, else the subset in this repository. */
export function readRecordedQuestions(): {
	readonly folder: string;
	readonly isFull: boolean;
	readonly questions: readonly RecordedQuestion[];
} {
	const fullFolder = process.env.MULTI_MODEL_DATA;
	const folder = fullFolder ?? SUBSET_FOLDER;
	const questions = readdirSync(folder)
		.filter((name) => name.endsWith('.jsonl'))
		.filter((name) => fullFolder === undefined || name.startsWith('reconcile-'))
		.sort()
		.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Line)
		.flatMap(asQuestion);
	return { folder, isFull: fullFolder !== undefined, questions };
}

function asQuestion({ id, truth, answers }: Line): RecordedQuestion[] {
	if (answers === undefined || truth === undefined) return [];
	return [
		{
			id,
			set: id.slice(0, id.indexOf('/')),
			truth,
			answers: answers.map(({ model, text, tail, final, correct }) => ({
				model,
				text: text ?? tail ?? '',
				final,
				correct,
			})),
		},
	];
}
