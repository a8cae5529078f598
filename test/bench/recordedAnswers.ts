import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from './answerScoring';

/** What a model answered to one question, as recorded in the public data sets. */
export interface RecordedAnswer {
	readonly model: string;
	/** The raw output, or the end of it; empty where the source kept only the final answer. */
	readonly text: string;
	/** The answer that the source's own extractor found; `null` where it found none. */
	readonly final: string | null;
	/** Whether that was right. */
	readonly correct: boolean;
	/** Whether the source says so itself; else our rule for the set does. */
	readonly isCorrectRecorded: boolean;
	/** As the vendor counted them; absent where the source does not tell. */
	readonly inputTokens?: number;
	readonly outputTokens?: number;
}

export interface RecordedQuestion {
	readonly id: string;
	/** The part of the ID before the slash: `gsm`, `math-l5`, `crux`, `farel`, `lineage`, … */
	readonly set: string;
	readonly question: string;
	readonly truth: string;
	readonly answers: readonly RecordedAnswer[];
}

interface Line {
	readonly id: string;
	readonly question?: string;
	readonly truth?: string;
	readonly answers?: ReadonlyArray<{
		readonly model: string;
		readonly text?: string;
		readonly tail?: string;
		readonly final?: string | null;
		readonly correct?: 0 | 1;
		readonly in?: number;
		readonly out?: number;
	}>;
}

/** The sets' short names of models, and what the vendors call them. */
const VENDOR_NAMES: Readonly<Record<string, string>> = {
	'gpt-3.5-turbo': 'gpt-3.5-turbo-0125',
	'gpt-4-turbo': 'gpt-4-turbo-2024-04-09',
	'claude-3-haiku': 'claude-3-haiku-20240307',
	'claude-3.5-sonnet-1022': 'claude-3-5-sonnet-20241022',
	'gemini-flash-1.5-002': 'gemini-1.5-flash-002',
	'gemini-pro-1.5-002': 'gemini-1.5-pro-002',
	'Meta-Llama-3.1-70B-Instruct': 'llama-3.1-70b-instruct',
};

const SUBSET_FOLDER = 'test/fixtures/recorded';

/** The full sets where MULTI_MODEL_DATA names their folder, else the subset in this repository. */
export function readRecordedQuestions(): {
	readonly folder: string;
	readonly isFull: boolean;
	readonly questions: readonly RecordedQuestion[];
} {
	const fullFolder = process.env.MULTI_MODEL_DATA || undefined;
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

function asQuestion({ id, question = '', truth, answers }: Line): RecordedQuestion[] {
	const set = id.slice(0, id.indexOf('/'));
	const rule = RULES[set];
	if (answers === undefined || truth === undefined || rule === undefined) return [];
	return [
		{
			id,
			set,
			question,
			truth,
			answers: answers.map(({ model, text, tail, final = null, correct, ...tokens }) => ({
				model: VENDOR_NAMES[model] ?? model,
				text: text ?? tail ?? '',
				final,
				correct: correct === undefined ? final !== null && rule(final, truth) : correct === 1,
				isCorrectRecorded: correct !== undefined,
				inputTokens: tokens.in,
				outputTokens: tokens.out,
			})),
		},
	];
}
