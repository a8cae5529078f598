import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionKey } from './folds';
import { mean } from './rankMetrics';
import * as evidence from './evidence';

export const ROUTING_SETS = [
	'mmlu',
	'gsm8k',
	'zeroeval',
	'routerarena',
	'lineage',
	'mtbench',
	'mmlupro',
] as const;
/** `stem` and `seed` are made of or for the others: see `furtherRows.ts`. */
export const ROW_SETS = [...ROUTING_SETS, 'stem', 'seed'] as const;
export type RoutingSet = (typeof ROUTING_SETS)[number];
export type RowSet = (typeof ROW_SETS)[number];

/** One question with what two or more models made of it. */
export interface RoutingRow {
	readonly set: RowSet;
	readonly prompt: string;
	/** The question without its options, letters and digits only. */
	readonly key: string;
	/** What the strong model of each pair gains over its cheap one: -1 to 1. */
	readonly gains: readonly number[];
	/** What the recordings tell about the question; known while training, never at run time. */
	readonly evidence: Readonly<Record<string, number>>;
	/** The source's own division, e.g. a subject; for tables only. */
	readonly part: string;
}

export interface ModelPair {
	readonly cheap: string;
	readonly strong: string;
}

const pair = (cheap: string, strong: string): ModelPair => ({ cheap, strong });

export const ROUTELLM_PAIR = pair('mixtral-8x7b-instruct-v0.1', 'gpt-4-1106-preview');
export const ROUTERARENA_PAIR = pair('claude-3-haiku-20240307', 'gemini-2.0-flash-001');
export const ZEROEVAL_PAIRS: readonly ModelPair[] = [
	pair('gpt-4o-mini-2024-07-18', 'gpt-4o-2024-08-06'),
	pair('claude-3-haiku-20240307', 'claude-3-5-sonnet-20241022'),
	pair('gemini-1.5-flash', 'gemini-1.5-pro'),
	pair('claude-3-5-haiku-20241022', 'claude-3-5-sonnet-20241022'),
	pair('Meta-Llama-3.1-8B-Instruct', 'Meta-Llama-3.1-70B-Instruct'),
];
export const LINEAGE_PAIRS: readonly ModelPair[] = [
	pair('grok-4-fast_medium', 'claude-sonnet-4.5'),
	pair('claude-haiku-4.5', 'claude-sonnet-4.5'),
	pair('gpt-5-mini_medium', 'gpt-5_medium'),
	pair('qwen3-32b', 'qwen3-max'),
];
const MMLUPRO_PAIRS: readonly ModelPair[] = [
	pair('gemini-1.5-flash-002', 'gemini-1.5-pro-002'),
	pair('Meta-Llama-3_1-8B-Instruct', 'Meta-Llama-3_1-70B-Instruct'),
	pair('Mixtral-8x7B-Instruct-v0.1', 'Meta-Llama-3_1-70B-Instruct'),
];

type Scores = Readonly<Record<string, number>>;
interface Answers {
	readonly answers: ReadonlyArray<{ readonly model: string; readonly correct: number }>;
}
interface RouteLlmLine {
	readonly prompt: string;
	readonly subject: string;
	readonly cheap_correct: number;
	readonly strong_correct: number;
}
interface ZeroEvalLine {
	readonly prompt: string;
	readonly task: string;
	readonly correct: Scores;
	readonly out_chars: Scores;
}
interface RouterArenaLine {
	readonly prompt: string;
	readonly dataset: string;
	readonly models: Readonly<Record<string, readonly number[]>>;
}
interface MtBenchLine {
	readonly prompt: string;
	readonly category: string;
	readonly cheap_scores: readonly number[];
	readonly strong_scores: readonly number[];
}

export function readLines<Line>(folder: string, name: string): Line[] {
	const file = join(folder, `${name}.jsonl`);
	if (!existsSync(file)) return [];
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Line);
}

const gainsOf = (pairs: readonly ModelPair[], scores: Scores): number[] =>
	pairs.map(({ cheap, strong }) => (scores[strong] ?? 0) - (scores[cheap] ?? 0));

const scoresOf = ({ answers }: Answers): Scores =>
	Object.fromEntries(answers.map(({ model, correct }) => [model, correct]));

/** The question as MMLU's rows write it: options in lines of their own, `Answer:` at the end. */
const asChoicePrompt = (question: string, options: readonly string[]): string =>
	[
		question,
		...options.map((option, index) => `${String.fromCharCode(65 + index)}. ${option}`),
		'Answer:',
	].join('\n');

/** Every recorded set that tells two models apart; sets whose file is missing are left out. */
export function readRoutingRows(folder: string): RoutingRow[] {
	const zeroEval = readLines<ZeroEvalLine>(folder, 'routing-multi-zeroeval');
	const zeroEvalOf = new Map(zeroEval.map((line) => [questionKey(line.prompt), line.correct]));
	return [
		...readLines<RouteLlmLine>(folder, 'routing-mmlu').map(
			({ prompt, subject, cheap_correct, strong_correct }): RoutingRow => ({
				set: 'mmlu',
				prompt,
				key: questionKey(prompt.split('\nA. ')[0] ?? prompt),
				gains: [strong_correct - cheap_correct],
				evidence: { [`subject ${subject}`]: 1 },
				part: subject,
			}),
		),
		...readLines<RouteLlmLine & evidence.WrittenAnswers>(folder, 'routing-gsm8k').map(
			(line): RoutingRow => {
				const key = questionKey(line.prompt);
				return {
					set: 'gsm8k',
					prompt: line.prompt,
					key,
					gains: [line.strong_correct - line.cheap_correct],
					evidence: evidence.ofWrittenAnswers(line, zeroEvalOf.get(key)),
					part: 'gsm8k',
				};
			},
		),
		...zeroEval.map(
			({ prompt, task, correct, out_chars }): RoutingRow => ({
				set: 'zeroeval',
				prompt,
				key: questionKey(prompt),
				gains: gainsOf(ZEROEVAL_PAIRS, correct),
				evidence: evidence.ofManyModels(`task ${task}`, correct, out_chars),
				part: task,
			}),
		),
		...readLines<RouterArenaLine>(folder, 'routing-routerarena').map(
			({ prompt, dataset, models }): RoutingRow => ({
				set: 'routerarena',
				prompt,
				key: questionKey(prompt),
				gains: gainsOf(
					[ROUTERARENA_PAIR],
					Object.fromEntries(Object.entries(models).map(([model, [score]]) => [model, score ?? 0])),
				),
				evidence: { [`dataset ${dataset.split('_')[0] ?? dataset}`]: 1 },
				part: dataset,
			}),
		),
		...readLines<Answers & { readonly question: string }>(folder, 'reconcile-choice-lineage').map(
			(line): RoutingRow => ({
				set: 'lineage',
				prompt: line.question,
				key: questionKey(line.question),
				gains: gainsOf(LINEAGE_PAIRS, scoresOf(line)),
				evidence: evidence.ofPuzzle(line.question, Object.values(scoresOf(line))),
				part: 'lineage',
			}),
		),
		...readLines<MtBenchLine>(folder, 'routing-mtbench').map(
			({ prompt, category, cheap_scores, strong_scores }): RoutingRow => ({
				set: 'mtbench',
				prompt,
				key: questionKey(prompt),
				// The judge's 1–10, as a share of ten.
				gains: [(mean([...strong_scores]) - mean([...cheap_scores])) / 10],
				evidence: {},
				part: category,
			}),
		),
		...readLines<Answers & { question: string; options: string[]; category: string }>(
			folder,
			'reconcile-choice-mmlupro',
		).map(
			(line): RoutingRow => ({
				set: 'mmlupro',
				prompt: asChoicePrompt(line.question, line.options),
				key: questionKey(line.question),
				gains: gainsOf(MMLUPRO_PAIRS, scoresOf(line)),
				evidence: evidence.ofManyModels(`category ${line.category}`, scoresOf(line)),
				part: line.category,
			}),
		),
	];
}
