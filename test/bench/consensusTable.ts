import { consensusRoute, consensusSchema } from '../../engine/index';
import { RULES } from './answerScoring';
import type { RecordedQuestion } from './recordedAnswers';
import { compare, percent, percentFigure, points, type Comparison } from './routingComparison';
import { printTable } from './routingPrint';
import {
	ask,
	hasAnswersOf,
	replayPlan,
	replayed,
	type Outcome,
	type OutputLengths,
} from './routingReplay';

/** A panel of cheap models and the strong one that answers where they do not agree. */
interface Panel {
	readonly set: string;
	readonly name: string;
	readonly panel: readonly string[];
	readonly strong: string;
	/** What must hold on the full set: at least as accurate as the strong model alone, at this cost. */
	readonly mostCostPercent?: number;
	readonly note?: string;
}

const MINI = 'gpt-4o-mini-2024-07-18';
const HAIKU = 'claude-3-haiku-20240307';
const FLASH = 'gemini-1.5-flash';
const GPT_4O = 'gpt-4o-2024-08-06';
const SONNET = 'claude-3-5-sonnet-20241022';
const GROK = 'grok-4-fast_medium';
const SONNET_45 = 'claude-sonnet-4.5';

const PANELS: readonly Panel[] = [
	{ set: 'gsm', name: 'GSM8K', panel: [MINI, FLASH], strong: GPT_4O, mostCostPercent: 21 },
	{ set: 'gsm', name: 'GSM8K', panel: [MINI, FLASH], strong: SONNET },
	{ set: 'gsm', name: 'GSM8K', panel: [MINI, HAIKU], strong: GPT_4O },
	{ set: 'gsm', name: 'GSM8K', panel: [MINI, HAIKU, FLASH], strong: GPT_4O },
	{ set: 'math-l5', name: 'MATH L5', panel: [MINI, FLASH], strong: GPT_4O },
	{ set: 'math-l5', name: 'MATH L5', panel: [MINI, FLASH], strong: SONNET },
	{ set: 'crux', name: 'CRUX', panel: [MINI, FLASH], strong: GPT_4O },
	{ set: 'crux', name: 'CRUX', panel: [MINI, FLASH], strong: SONNET },
	{
		set: 'farel',
		name: 'farel',
		panel: ['gpt-3.5-turbo-0125', HAIKU],
		strong: 'gpt-4o-2024-11-20',
	},
	{
		set: 'farel',
		name: 'farel',
		panel: ['gemini-1.5-flash-002', HAIKU],
		strong: SONNET,
	},
	{
		set: 'lineage',
		name: 'lineage',
		panel: [GROK, 'deepseek-v3.2'],
		strong: SONNET_45,
		note: 'pair chosen in hindsight',
	},
	{ set: 'lineage', name: 'lineage', panel: [GROK, 'claude-haiku-4.5'], strong: 'gpt-5.1_medium' },
	{ set: 'lineage', name: 'lineage', panel: [GROK, 'gpt-5-mini_medium'], strong: SONNET_45 },
];

const OPTIONS = consensusSchema.parse({});

/** The consensus table; returns the bars that are missed, which hold for the full sets. */
export async function reportConsensus(
	questions: readonly RecordedQuestion[],
	outputLengths: OutputLengths,
	isFull: boolean,
): Promise<string[]> {
	console.log(
		'\n## Consensus: the panel votes, the strong model answers where it does not agree\n',
	);
	const missed: string[] = [];
	const notes: string[] = [];
	const lines: string[][] = [];
	for (const each of PANELS) {
		const { panel, strong, name } = each;
		const asked = questions.filter((question) => isAsked(question, each));
		if (asked.length === 0) continue;
		const { alone, voted } = await replay(each, asked, outputLengths);
		const result = compare(voted, alone, strong);
		const title = `${name}: ${panel.join(' + ')} -> ${strong}`;
		if (isFull && each.mostCostPercent !== undefined) {
			const bar = `at least as accurate, at most ${each.mostCostPercent} % of the cost`;
			const isMet = result.lead.value >= 0 && 100 * result.cost.value <= each.mostCostPercent;
			if (!isMet) missed.push(`${title}: ${percentFigure(result.cost)} of the cost; bar ${bar}`);
			const others = asked.filter((question, at) => isOtherwise(question, each, voted[at]!)).length;
			notes.push(
				`${title}: bar (${bar}) ${isMet ? 'met' : 'MISSED'}. On ${others} of ${asked.length} questions the data set's own reading of the panel's answers would decide otherwise.`,
			);
		}
		lines.push([
			title,
			String(asked.length),
			percent(compare(alone, alone, strong).right),
			percent(result.right),
			points(result.lead),
			percent(result.escalated),
			percentFigure(result.cost),
			verdictOf(result) + (each.note === undefined ? '' : ` (${each.note})`),
		]);
	}
	printTable(
		[
			'set: panel -> strong',
			'questions',
			'strong alone, right',
			'consensus, right',
			'points more (95 %)',
			'escalated',
			'cost, strong alone = 100 %',
			'verdict',
		],
		lines,
	);
	for (const note of notes) console.log(`\n${note}`);
	return missed;
}

const isAsked = (question: RecordedQuestion, { set, panel, strong }: Panel): boolean =>
	question.set === set && hasAnswersOf(question, [...panel, strong]);

async function replay(
	{ panel, strong }: Panel,
	asked: readonly RecordedQuestion[],
	outputLengths: OutputLengths,
): Promise<{ alone: Outcome[]; voted: Outcome[] }> {
	const alone: Outcome[] = [];
	const voted: Outcome[] = [];
	for (const question of asked) {
		const each = replayed(question, outputLengths);
		const tiers = { fast: panel.map(each.candidateOf), strong: [each.candidateOf(strong)] };
		alone.push(await ask(each, { kind: 'models', plan: replayPlan(tiers.strong) }));
		voted.push(await ask(each, consensusRoute(replayPlan([]), tiers, OPTIONS)));
	}
	return { alone, voted };
}

/** At least as many right answers for less money; anything else is said to be what it is. */
function verdictOf({ lead, cost }: Comparison): string {
	if (cost.value >= 1) return 'does not pay: dearer than the strong model alone';
	if (lead.value < 0) return 'does not pay: less accurate';
	return cost.value > 0.8 ? 'hardly pays' : 'pays';
}

/** Whether the final answers that the data set recorded agree where ours do not, or the reverse. */
function isOtherwise(
	{ set, answers }: RecordedQuestion,
	{ panel, strong }: Panel,
	{ called }: Outcome,
): boolean {
	const [first = null, ...others] = panel.map(
		(name) => answers.find(({ model }) => model === name)?.final ?? null,
	);
	const agree = others.every(
		(final) => first !== null && final !== null && RULES[set]?.(final, first) === true,
	);
	return agree === called.includes(strong);
}
