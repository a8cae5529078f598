/**
 * What `waitFor: agreement` saves: the panel of recorded models is asked by the real fan-out, whose
 * calls are answered with what those models wrote, and the answers that came are reconciled by
 * majority. MULTI_MODEL_DATA names the folder of the full sets; without it the subset in
 * test/fixtures/recorded is measured, and the bar is not applied.
 */
import { setMaxListeners } from 'node:events';
import {
	fanOut,
	fanOutSchema,
	reconcile,
	reconcileSchema,
	type Branch,
	type ChatRequest,
	type FanOutPolicy,
	type Plan,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { RULES } from './answerScoring';
import { readRecordedQuestions, type RecordedQuestion } from './recordedAnswers';

interface Panel {
	readonly set: string;
	readonly label: string;
	readonly models: readonly string[];
	/** Smallest share of calls saved on the full set, in percent, at the same accuracy. */
	readonly bar?: number;
}

const MIDDLE = [
	'gpt-4o-mini-2024-07-18',
	'claude-3-5-haiku-20241022',
	'gemini-1.5-flash',
	'deepseek-v2.5-0908',
	'llama-3.1-70b-instruct',
];
const STRONG = ['gpt-4o-2024-08-06', 'claude-3-5-sonnet-20241022', 'gemini-1.5-pro'];
const PANELS: readonly Panel[] = [
	{ set: 'gsm', label: 'GSM8K, 5 mid', models: MIDDLE, bar: 33 },
	{ set: 'gsm', label: 'GSM8K, 3 strong', models: STRONG },
	{ set: 'math-l5', label: 'MATH L5, 5 mid', models: MIDDLE },
	{ set: 'math-l5', label: 'MATH L5, 3 strong', models: STRONG },
	{ set: 'crux', label: 'CRUX, 5 mid', models: MIDDLE },
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
	},
	{
		set: 'lineage',
		label: 'lineage, 3 strong',
		models: ['gpt-5.1_medium', 'claude-sonnet-4.5', 'grok-4_medium'],
	},
];

const { signal } = new AbortController();
setMaxListeners(0, signal);

const PLAN: Omit<Plan, 'candidates'> = {
	strategy: 'priority',
	retry: { maxRetries: 0, maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 },
	fallbackOn: [],
	attemptTimeoutMs: 60_000,
	deadlineMs: 60_000,
	cache: { mode: 'off', ttlMs: 1, scope: '', refresh: false },
	keepRaw: false,
	skipped: [],
};

let calls = 0;

/** A branch whose model says what was recorded of it. */
function branchOf(question: RecordedQuestion, model: string): Branch {
	const answer = question.answers.find((one) => one.model === model);
	const text = answer?.text || answer?.final || '';
	const request: ChatRequest = {
		messages: [{ role: 'user', content: question.id }],
		outputFormat: 'text',
	};
	return {
		kind: 'text',
		label: model,
		request,
		plan: {
			...PLAN,
			candidates: [
				{
					kind: 'connected',
					id: model,
					identity: model,
					settings: {},
					limits: {},
					price: { inputPriceUsd: 0, outputPriceUsd: 0 },
					weight: 1,
					model: {
						modelId: model,
						warnings: [],
						generate: async () => {
							calls++;
							const finishReason = { unified: 'stop' } as const;
							return {
								ok: true,
								value: { text, finishReason, usage: {}, modelId: model, warnings: [] },
							};
						},
					},
				},
			],
		},
	};
}

interface Measured {
	readonly calls: number;
	readonly right: number;
	/** The answer to each question, without quotes around it: they are the writer's, not the vote's. */
	readonly winners: readonly string[];
}

async function measure(
	{ set, models }: Panel,
	questions: readonly RecordedQuestion[],
	policy: FanOutPolicy,
): Promise<Measured> {
	const rule = RULES[set];
	if (rule === undefined) throw new Error(`No rule to score the set "${set}"`);
	calls = 0;
	let right = 0;
	const winners: string[] = [];
	for (const question of questions) {
		const branches = models.map((model) => branchOf(question, model));
		const { results } = await fanOut(branches, policy, {
			runtime: runtime(),
			signal,
			deadlineMs: 60_000,
			seed: question.id,
			gate: async (work) => await work(),
		});
		const answers = results.flatMap((result) =>
			result.status === 'ok' ? [{ model: result.label, text: result.text }] : [],
		);
		const answer = answers.length < 2 ? null : reconcile(answers, reconcileSchema.parse({})).answer;
		winners.push(String(answer).replace(/^(['"])(.*)\1$/, '$2'));
		right += Number(answer !== null && rule(String(answer), question.truth));
	}
	return { calls, right, winners };
}

const row = (cells: readonly string[]) =>
	cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(12))).join('');

const { folder, isFull, questions } = readRecordedQuestions();
const failed: string[] = [];

console.log(`Fan-out, waitFor agreement against all, then Reconcile by majority (${folder})`);
console.log(
	row([
		'panel',
		'questions',
		'calls all',
		'agreement',
		'saved',
		'right all',
		'agreement',
		'differ',
	]),
);
for (const panel of PANELS) {
	const asked = questions.filter(
		({ set, answers }) =>
			set === panel.set &&
			panel.models.every((name) => answers.some(({ model }) => model === name)),
	);
	if (asked.length === 0) continue;
	const all = await measure(panel, asked, fanOutSchema.parse({}));
	const early = await measure(panel, asked, fanOutSchema.parse({ waitFor: 'agreement' }));
	const savedPercent = 100 * (1 - early.calls / all.calls);
	const percent = (share: number) => `${((100 * share) / asked.length).toFixed(1)} %`;
	const differ = all.winners.filter((winner, index) => winner !== early.winners[index]).length;
	console.log(
		row([
			panel.label,
			String(asked.length),
			String(all.calls),
			String(early.calls),
			`${savedPercent.toFixed(1)} %`,
			percent(all.right),
			percent(early.right),
			String(differ),
		]),
	);
	const isMet = savedPercent >= (panel.bar ?? 0) && early.right === all.right;
	if (isFull && panel.bar !== undefined && !isMet) failed.push(panel.label);
}
if (failed.length > 0) {
	console.error(`Below the bar: ${failed.join(', ')}`);
	process.exitCode = 1;
}
await runtime().close();
