/**
 * How good one answer by plain majority is, from the raw text of real models: our extraction, our
 * normalisation, nobody else's. MULTI_MODEL_DATA names the folder of the full sets; without it the
 * subset in test/fixtures/recorded is measured, and the bars are not applied.
 */
import { reconcile } from '../../engine/reconcile';
import { reconcileSchema } from '../../engine/spec/reconcile';
import { RULES } from './answerScoring';
import {
	readRecordedQuestions,
	type RecordedAnswer,
	type RecordedQuestion,
} from './recordedAnswers';

interface Group {
	readonly set: string;
	readonly label: string;
	/** Absent: every model of the set. */
	readonly models?: readonly string[];
	/** Lowest accuracy of the majority on the full set, in percent. */
	readonly bar?: number;
}

const CHEAP = ['gpt-4o-mini-2024-07-18', 'claude-3-haiku-20240307', 'gemini-1.5-flash'];
const STRONG = ['gpt-4o-2024-08-06', 'claude-3-5-sonnet-20241022', 'gemini-1.5-pro'];
const MIDDLE = [
	'gpt-4o-mini-2024-07-18',
	'claude-3-5-haiku-20241022',
	'gemini-1.5-flash',
	'deepseek-v2.5-0908',
	'llama-3.1-70b-instruct',
];
const GROUPS: readonly Group[] = [
	{ set: 'gsm', label: 'GSM8K, 12 models', bar: 97.0 },
	{ set: 'gsm', label: 'GSM8K, 3 cheap', models: CHEAP },
	{ set: 'gsm', label: 'GSM8K, 5 mid', models: MIDDLE },
	{ set: 'math-l5', label: 'MATH L5, 12 models', bar: 63.4 },
	{ set: 'math-l5', label: 'MATH L5, 3 strong', models: STRONG },
	{ set: 'crux', label: 'CRUX, 12 models' },
	{ set: 'crux', label: 'CRUX, 3 strong', models: STRONG },
	{
		set: 'farel',
		label: 'farel, 5 mid',
		models: [
			'gpt-4o-2024-11-20',
			'gpt-4-turbo-2024-04-09',
			'gemini-1.5-pro-002',
			'mistral-large-2411',
			'llama-3.3-70b-instruct',
		],
		bar: 91.2,
	},
	{
		set: 'lineage',
		label: 'lineage, 3 strong',
		models: ['gpt-5.1_medium', 'claude-sonnet-4.5', 'grok-4_medium'],
		bar: 98.7,
	},
	{
		set: 'mmlupro',
		label: 'MMLU-Pro, weak 5',
		models: [
			'Meta-Llama-3_1-8B-Instruct',
			'Mixtral-8x7B-Instruct-v0.1',
			'Phi-3-mini-4k-instruct',
			'mathstral-7B',
			'c4ai-command-r-v01',
		],
		bar: 49.2,
	},
	{
		set: 'mmlupro',
		label: 'MMLU-Pro, 3 with text',
		models: ['gemini-1.5-pro-002', 'gemini-1.5-flash-002', 'jamba-1.5-large'],
	},
];

const OPTIONS = reconcileSchema.parse({});

interface Measured {
	readonly questions: number;
	readonly bestSingle: number;
	readonly mean: number;
	readonly majority: number;
	readonly unanimous: number;
	readonly unanimousRight: number;
	/** Answers whose text the source did not keep: their final letter stands in for it. */
	readonly withoutText: number;
}

function measure(group: Group, questions: readonly RecordedQuestion[]): Measured {
	const rule = RULES[group.set];
	if (rule === undefined) throw new Error(`No rule to score the set "${group.set}"`);
	const rightOf = new Map<string, number>();
	const counts = { right: 0, unanimous: 0, unanimousRight: 0, answers: 0, withoutText: 0 };
	for (const { truth, answers } of questions) {
		const panel = group.models
			? group.models.flatMap((model) => answers.find((answer) => answer.model === model) ?? [])
			: answers;
		for (const { model, correct } of panel) {
			rightOf.set(model, (rightOf.get(model) ?? 0) + Number(correct));
		}
		const result = reconcile(panel.map(asInput), OPTIONS);
		const isRight = result.answer !== null && rule(String(result.answer), truth);
		const isUnanimous = result.agreement === 1;
		counts.right += Number(isRight);
		counts.unanimous += Number(isUnanimous);
		counts.unanimousRight += Number(isUnanimous && isRight);
		counts.answers += panel.length;
		counts.withoutText += panel.filter(({ text }) => text === '').length;
	}
	const single = [...rightOf.values()].map((right) => (100 * right) / questions.length);
	return {
		questions: questions.length,
		bestSingle: Math.max(...single),
		mean: single.reduce((sum, share) => sum + share, 0) / single.length,
		majority: (100 * counts.right) / questions.length,
		unanimous: (100 * counts.unanimous) / questions.length,
		unanimousRight: (100 * counts.unanimousRight) / counts.unanimous,
		withoutText: (100 * counts.withoutText) / counts.answers,
	};
}

function asInput({ model, text, final }: RecordedAnswer) {
	return { model, text: text === '' ? (final ?? '') : text };
}

/** How often our rule gives the verdict that the source recorded. */
function ruleFidelity(set: string, questions: readonly RecordedQuestion[]): string[] {
	const rule = RULES[set];
	const verdicts = questions.flatMap(({ truth, answers }) =>
		answers
			.filter(({ isCorrectRecorded }) => isCorrectRecorded)
			.map(({ final, correct }) => (final !== null && rule?.(final, truth) === true) === correct),
	);
	if (verdicts.length === 0) return [];
	const same = verdicts.filter(Boolean).length;
	return [`${set} ${((100 * same) / verdicts.length).toFixed(2)} %`];
}

function row(cells: readonly string[]): string {
	return cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(10))).join('');
}

const { folder, isFull, questions } = readRecordedQuestions();
const failed: string[] = [];

console.log(`Reconcile, method majority, extraction auto, from raw text (${folder})`);
console.log(
	row(['group', 'questions', 'best one', 'mean', 'majority', 'bar', 'unanimous', 'and right']),
);
for (const group of GROUPS) {
	const asked = questions.filter(
		({ set, answers }) =>
			set === group.set &&
			(group.models?.every((name) => answers.some(({ model }) => model === name)) ?? true),
	);
	if (asked.length === 0) continue;
	const found = measure(group, asked);
	const shares = [found.bestSingle, found.mean, found.majority].map((share) => share.toFixed(1));
	const bar = isFull ? group.bar : undefined;
	if (bar !== undefined && Number(found.majority.toFixed(1)) < bar) failed.push(group.label);
	console.log(
		row([
			group.label,
			String(found.questions),
			...shares,
			bar?.toFixed(1) ?? '-',
			found.unanimous.toFixed(1),
			found.unanimousRight.toFixed(1),
		]) + (found.withoutText >= 1 ? '  (no text recorded: final letters)' : ''),
	);
}
const fidelity = Object.keys(RULES).flatMap((name) =>
	ruleFidelity(
		name,
		questions.filter(({ set }) => set === name),
	),
);
if (fidelity.length > 0) {
	console.log(`Scoring rule = recorded verdict: ${fidelity.join(', ')}`);
}
if (failed.length > 0) {
	console.error(`Below the bar: ${failed.join('; ')}`);
	process.exitCode = 1;
}
