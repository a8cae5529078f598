import { FOLDS, type CrossValidation } from '../../scripts/train/crossValidate';
import { mean, rankMetrics } from '../../scripts/train/rankMetrics';
import type { RoutingRow } from '../../scripts/train/recordedRows';
import { apgrOf, bootstrap, rank, three, withInterval, type Ranking } from './routingIntervals';
import { JUDGED_PAIRS, gainOf, lengthOf, rowsOf, type JudgedPair } from './routingPairs';
import { printTable } from './routingPrint';

interface Judgement {
	readonly cells: readonly string[];
	readonly missed?: string;
}

/** The main table; returns the bars that are missed. */
export function reportCrossValidation(
	rows: readonly RoutingRow[],
	result: CrossValidation,
): string[] {
	console.log('\n## Questions not trained on: 5 folds x 5 seeds, one model for all sets\n');
	const judgements = JUDGED_PAIRS.filter(({ set }) => rowsOf(rows, set).length > 0).map((judged) =>
		judge(rows, result, judged),
	);
	printTable(
		[
			'set and pair',
			'rows',
			'APGR by fold',
			'APGR pooled',
			'CPT50',
			'CPT80',
			'length',
			'router - length',
			'verdict',
		],
		judgements.map(({ cells }) => cells),
	);
	const counts = new Map<string, number>();
	for (const slope of result.slopes) {
		counts.set(String(slope), (counts.get(String(slope)) ?? 0) + 1);
	}
	const chosen = [...counts]
		.sort((a, b) => b[1] - a[1])
		.map(([name, times]) => `${name}: ${times}`);
	console.log(
		`\nSlope over length chosen inside the folds, times of ${result.slopes.length}: ${chosen.join('; ')}`,
	);
	reportAccuracy(rows, result);
	return judgements.flatMap(({ missed }) => (missed === undefined ? [] : [missed]));
}

function judge(
	rows: readonly RoutingRow[],
	{ scores, folds }: CrossValidation,
	judged: JudgedPair,
): Judgement {
	const own = rowsOf(rows, judged.set);
	const gain = gainOf(rows, judged);
	const pooled = scores.map((score) => rank(own, score));
	const perFold = scores.flatMap((score, seed) =>
		Array.from({ length: FOLDS }, (_, fold) =>
			rank(
				own.filter((row) => folds[seed]?.[row] === fold),
				score,
			),
		),
	);
	const lengthRanking = rank(own, lengthOf(rows));
	const meanApgr = (rankings: readonly Ranking[]) => (times?: ArrayLike<number>) =>
		mean(rankings.map((ranking) => apgrOf(ranking, gain, times)));
	const estimate = (figure: (times?: ArrayLike<number>) => number) =>
		bootstrap(own, rows.length, figure);

	const hasBar = judged.apgrBar !== undefined;
	const byFold = hasBar ? estimate(meanApgr(perFold)) : undefined;
	const overall = estimate(meanApgr(pooled));
	const length = estimate(meanApgr([lengthRanking]));
	const lead = estimate((times) => meanApgr(pooled)(times) - apgrOf(lengthRanking, gain, times));
	const metrics = scores.map((score) => rankMetrics(own, score, gain));
	const cells = [
		judged.name,
		String(own.length),
		byFold ? withInterval(byFold) : '-',
		withInterval(overall),
		mean(metrics.map(({ cpt50 }) => cpt50)).toFixed(1),
		mean(metrics.map(({ cpt80 }) => cpt80)).toFixed(1),
		withInterval(length),
		withInterval(lead),
	];
	if (judged.isTooSmall) return { cells: [...cells, 'too small to judge'] };
	if (judged.apgrBar !== undefined && byFold) {
		const isMet = byFold.value >= judged.apgrBar;
		const bar = `bar ${three(judged.apgrBar)}`;
		return {
			cells: [...cells, isMet ? `${bar} met` : `${bar} MISSED`],
			...(isMet ? {} : { missed: `${judged.name}: ${three(byFold.value)}, ${bar}` }),
		};
	}
	// Not below the prompt length by more than the interval of that baseline.
	const isMet = overall.value >= length.low;
	const verdict = overall.value >= length.value ? 'above length' : 'within length interval';
	return {
		cells: [...cells, isMet ? verdict : 'BELOW length'],
		...(isMet ? {} : { missed: `${judged.name}: below the prompt-length baseline` }),
	};
}

const SHARES = [0.2, 0.4, 0.5, 0.6, 0.8];

/** What a builder sees: answers that are right, by the share of strong calls. */
function reportAccuracy(rows: readonly RoutingRow[], { scores }: CrossValidation): void {
	console.log(
		'\n## Part of the gap that is closed, by share of strong calls (random: the share)\n',
	);
	printTable(
		['set and pair', ...SHARES.map((share) => `${100 * share} %`)],
		JUDGED_PAIRS.filter(({ set, isTooSmall }) => !isTooSmall && rowsOf(rows, set).length > 0).map(
			(judged) => {
				const own = rowsOf(rows, judged.set);
				const gain = gainOf(rows, judged);
				const gap = own.reduce((sum, row) => sum + (gain[row] ?? 0), 0);
				const closed = SHARES.map((share) =>
					mean(
						scores.map((score) => {
							const strong = rank(own, score).slice(0, Math.round(share * own.length));
							return strong.reduce((sum, row) => sum + (gain[row] ?? 0), 0) / gap;
						}),
					),
				);
				return [judged.name, ...closed.map((part) => `${Math.round(100 * part)} %`)];
			},
		),
	);
}
