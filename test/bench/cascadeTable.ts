import { acceptanceSchema, cascadeRoute, type Acceptance } from '../../engine/index';
import type { RecordedQuestion } from './recordedAnswers';
import { compare, percent, percentFigure, points } from './routingComparison';
import { printTable } from './routingPrint';
import {
	ask,
	hasAnswersOf,
	replayPlan,
	replayed,
	type Outcome,
	type OutputLengths,
} from './routingReplay';

/** A pair of tiers on one set, and what an answer in the asked form looks like there. */
interface Tiers {
	readonly set: string;
	readonly name: string;
	readonly fast: string;
	readonly strong: string;
	readonly form: string;
}

const NUMBER = String.raw`"answer"\s*:\s*"?[^"\d]{0,3}\d`;
const LITERAL = String.raw`"answer"\s*:\s*["'\[\(\{\dTFN-]`;
const OPTION = String.raw`<ANSWER>\s*\d+\s*</ANSWER>`;

const MINI = 'gpt-4o-mini-2024-07-18';
const HAIKU = 'claude-3-haiku-20240307';
const GPT_4O = 'gpt-4o-2024-08-06';
const SONNET = 'claude-3-5-sonnet-20241022';

const TIERS: readonly Tiers[] = [
	{ set: 'gsm', name: 'GSM8K', fast: MINI, strong: GPT_4O, form: NUMBER },
	{ set: 'gsm', name: 'GSM8K', fast: HAIKU, strong: SONNET, form: NUMBER },
	{ set: 'math-l5', name: 'MATH L5', fast: MINI, strong: GPT_4O, form: NUMBER },
	{ set: 'math-l5', name: 'MATH L5', fast: HAIKU, strong: SONNET, form: NUMBER },
	{ set: 'crux', name: 'CRUX', fast: MINI, strong: GPT_4O, form: LITERAL },
	{ set: 'crux', name: 'CRUX', fast: HAIKU, strong: SONNET, form: LITERAL },
	{
		set: 'farel',
		name: 'farel',
		fast: 'gemini-1.5-flash-002',
		strong: 'gemini-1.5-pro-002',
		form: OPTION,
	},
	{ set: 'farel', name: 'farel', fast: HAIKU, strong: SONNET, form: OPTION },
	{
		set: 'lineage',
		name: 'lineage',
		fast: 'grok-4-fast_medium',
		strong: 'claude-sonnet-4.5',
		form: OPTION,
	},
	{
		set: 'lineage',
		name: 'lineage',
		fast: 'claude-haiku-4.5',
		strong: 'claude-sonnet-4.5',
		form: OPTION,
	},
];

interface Replay {
	readonly fast: Outcome[];
	readonly strong: Outcome[];
	/** By the engine's test for words that decline or hedge, which is on unless it is switched off. */
	readonly hedging: Outcome[];
	/** By that and a pattern for the asked form. */
	readonly form: Outcome[];
}

/** The cascade table. It has no bar: what a test of the form is worth is what it shows. */
export async function reportCascade(
	questions: readonly RecordedQuestion[],
	outputLengths: OutputLengths,
): Promise<void> {
	console.log('\n## Cascade: the fast model answers, the strong one where a test refuses that\n');
	const lines: string[][] = [];
	let hedged = 0;
	let asked = 0;
	for (const tiers of TIERS) {
		const own = questions.filter(
			(question) =>
				question.set === tiers.set && hasAnswersOf(question, [tiers.fast, tiers.strong]),
		);
		if (own.length === 0) continue;
		const replayOfSet = await replay(tiers, own, outputLengths);
		asked += own.length;
		hedged += replayOfSet.hedging.filter(({ called }) => called.includes(tiers.strong)).length;
		lines.push(...linesOf(tiers, replayOfSet));
	}
	printTable(
		[
			'set: fast -> strong',
			'questions',
			'test',
			'right',
			'points more than strong alone',
			'escalated',
			'of the wrong ones',
			'cost, strong alone = 100 %',
		],
		lines,
	);
	console.log(
		`\nThe test for hedging alone escalates ${hedged} of these ${asked} drafts. "Perfect" is a test that knows the truth: none can do better. Not replayed, because nobody recorded it: self-reported confidence, a verifier model, a second try.`,
	);
}

async function replay(
	{ fast, strong, form }: Tiers,
	asked: readonly RecordedQuestion[],
	outputLengths: OutputLengths,
): Promise<Replay> {
	const result: Replay = { fast: [], strong: [], hedging: [], form: [] };
	for (const question of asked) {
		const each = replayed(question, outputLengths);
		const tiers = { fast: [each.candidateOf(fast)], strong: [each.candidateOf(strong)] };
		const byTest = async (acceptance: Acceptance) =>
			await ask(each, cascadeRoute(replayPlan([]), tiers, { acceptance, passDraft: false }));
		result.fast.push(await ask(each, { kind: 'models', plan: replayPlan(tiers.fast) }));
		result.strong.push(await ask(each, { kind: 'models', plan: replayPlan(tiers.strong) }));
		result.hedging.push(await byTest(acceptanceSchema.parse({})));
		result.form.push(await byTest(acceptanceSchema.parse({ mustMatch: form })));
	}
	return result;
}

function linesOf({ name, fast, strong }: Tiers, result: Replay): string[][] {
	const wrong = result.fast.filter(({ isRight }) => !isRight).length;
	const perfect = result.fast.map((draft, at): Outcome => {
		const other = result.strong[at]!;
		return draft.isRight ? draft : { ...other, costUsd: draft.costUsd + other.costUsd };
	});
	const line = (test: string, outcomes: readonly Outcome[]) => {
		const { right, lead, escalated, cost } = compare(outcomes, result.strong, strong);
		const caught = outcomes.filter(
			({ called }, at) => called.includes(strong) && result.fast[at]?.isRight === false,
		).length;
		return [
			`${name}: ${fast} -> ${strong}`,
			String(outcomes.length),
			test,
			percent(right),
			points(lead),
			percent(escalated),
			wrong === 0 ? '-' : percent(caught / wrong),
			percentFigure(cost),
		];
	};
	return [
		line('none: fast alone', result.fast),
		line('hedging, asked form', result.form),
		line('perfect', perfect),
	];
}
