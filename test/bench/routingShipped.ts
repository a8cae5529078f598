import { difficultyOf } from '../../engine/routing/decideTier';
import { rankMetrics } from '../../scripts/train/rankMetrics';
import type { RecordedQuestion } from './recordedAnswers';
import { apgrOf, bootstrap, rank, withInterval } from './routingIntervals';
import { printTable } from './routingPrint';
import { hasAnswersOf } from './routingReplay';

/** A pair of models on a set of recorded answers; the score is what the package decides by. */
interface ShippedPair {
	readonly name: string;
	readonly set: string;
	readonly cheap: string;
	readonly strong: string;
}

/** Family quizzes: in no training set, nor any like them but lineage-bench. */
const UNSEEN: readonly ShippedPair[] = [
	{
		name: 'farel',
		set: 'farel',
		cheap: 'gemini-1.5-flash-002',
		strong: 'gemini-1.5-pro-002',
	},
	{
		name: 'farel',
		set: 'farel',
		cheap: 'claude-3-haiku-20240307',
		strong: 'claude-3-5-sonnet-20241022',
	},
	{ name: 'farel', set: 'farel', cheap: 'gpt-3.5-turbo-0125', strong: 'gpt-4o-2024-11-20' },
];

const SEEN: readonly ShippedPair[] = [
	{
		name: 'GSM8K',
		set: 'gsm',
		cheap: 'gpt-4o-mini-2024-07-18',
		strong: 'gpt-4o-2024-08-06',
	},
	{
		name: 'GSM8K',
		set: 'gsm',
		cheap: 'claude-3-haiku-20240307',
		strong: 'claude-3-5-sonnet-20241022',
	},
];

/** Questions that the shipped model was never shown, nor any of their set. */
export function reportUnseen(questions: readonly RecordedQuestion[]): void {
	console.log('\n## As shipped, on a set that it was not learnt from\n');
	printPairs(UNSEEN, questions);
}

/** The questions of this repository that it was learnt from: that it runs, not how good it is. */
export function reportSeen(questions: readonly RecordedQuestion[]): void {
	console.log('\n## As shipped, on questions that it was learnt from (no evidence of quality)\n');
	printPairs(SEEN, questions);
}

function printPairs(pairs: readonly ShippedPair[], questions: readonly RecordedQuestion[]): void {
	const lines = pairs.flatMap(({ name, set, cheap, strong }) => {
		const asked = questions.filter(
			(question) => question.set === set && hasAnswersOf(question, [cheap, strong]),
		);
		if (asked.length === 0) return [];
		const isRight = ({ answers }: RecordedQuestion, model: string) =>
			Number(answers.find((answer) => answer.model === model)?.correct === true);
		const own = [...asked.keys()];
		const gain = asked.map((question) => isRight(question, strong) - isRight(question, cheap));
		const score = asked.map(({ question }) => difficultyOf(question).score);
		const length = asked.map(({ question }) => question.length);
		const apgr = (by: readonly number[]) => {
			const order = rank(own, by);
			return withInterval(bootstrap(own, own.length, (times) => apgrOf(order, gain, times)));
		};
		const { cpt50, cpt80 } = rankMetrics(own, score, gain);
		return [
			[
				`${name} ${cheap} -> ${strong}`,
				String(asked.length),
				apgr(score),
				cpt50.toFixed(1),
				cpt80.toFixed(1),
				apgr(length),
			],
		];
	});
	printTable(['set and pair', 'questions', 'APGR', 'CPT50', 'CPT80', 'prompt length'], lines);
}
