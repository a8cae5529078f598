import type { TextFeatures } from '../../engine/routing/features';
import { designMatrix, spreadOf } from '../../scripts/train/designMatrix';
import { FOLDS } from '../../scripts/train/crossValidate';
import { foldOf } from '../../scripts/train/folds';
import { seededRandom } from '../../scripts/train/random';
import { mean, rankMetrics } from '../../scripts/train/rankMetrics';
import type { RoutingRow } from '../../scripts/train/recordedRows';
import { ridge, rowTimes } from '../../scripts/train/ridge';
import { apgrOf, bootstrap, rank, three, withInterval } from './routingIntervals';
import { JUDGED_PAIRS, gainOf, lengthOf, rowsOf } from './routingPairs';
import { printTable } from './routingPrint';

const RANDOM_ORDERS = 20;
const SEEDS = 5;
const LINEAR_PENALTY = 3;

/** Rows that need nothing of ours: they show that the definitions are the published ones. */
export function reportBaselines(rows: readonly RoutingRow[], texts: readonly TextFeatures[]): void {
	console.log('\n## Baselines: random order, prompt length, hashed words (RouteLLM pair)\n');
	const lines = JUDGED_PAIRS.filter(({ apgrBar }) => apgrBar !== undefined).flatMap((judged) => {
		const own = rowsOf(rows, judged.set);
		if (own.length === 0) return [];
		const gain = gainOf(rows, judged);
		const random = seededRandom(7);
		const orders = Array.from({ length: RANDOM_ORDERS }, () =>
			rankMetrics(
				own,
				Float64Array.from(rows, () => random()),
				gain,
			),
		);
		const length = lengthOf(rows);
		const byLength = rankMetrics(own, length, gain);
		const lengthRanking = rank(own, length);
		const interval = bootstrap(own, rows.length, (times) => apgrOf(lengthRanking, gain, times));
		const linear = linearWords(rows, texts, own, gain);
		const cells = (
			name: string,
			apgr: string,
			each: { readonly cpt50: number; readonly cpt80: number },
		) => [judged.name, name, apgr, each.cpt50.toFixed(1), each.cpt80.toFixed(1)];
		return [
			cells('random', three(mean(orders.map(({ apgr }) => apgr))), {
				cpt50: mean(orders.map(({ cpt50 }) => cpt50)),
				cpt80: mean(orders.map(({ cpt80 }) => cpt80)),
			}),
			cells('prompt length', withInterval(interval), byLength),
			cells('hashed words, this set only, 5 x 5 folds', three(linear.apgr), linear),
		];
	});
	printTable(['set', 'order', 'APGR', 'CPT50', 'CPT80'], lines);
}

/** Words against outcomes of this set alone: what a first attempt gets. */
function linearWords(
	rows: readonly RoutingRow[],
	texts: readonly TextFeatures[],
	own: readonly number[],
	gain: Float64Array,
) {
	const ownTexts = own.map((row) => texts[row]!);
	const scales = { shared: 0.1, withForm: 0, measures: 0, measuresWithForm: 0 };
	const matrix = designMatrix(ownTexts, spreadOf(ownTexts), scales);
	const target = Float64Array.from(own, (row) => gain[row]!);
	const importance = new Float64Array(own.length).fill(1);
	const all = [...own.keys()];
	const metrics = Array.from({ length: SEEDS }, (_, seed) => seed).flatMap((seed) =>
		Array.from({ length: FOLDS }, (_, fold) => {
			const isOut = (index: number) => foldOf(rows[own[index]!]!.key, seed, FOLDS) === fold;
			const weights = ridge({
				matrix,
				rows: all.filter((index) => !isOut(index)),
				target,
				importance,
				penalty: LINEAR_PENALTY,
				iterations: 30,
			});
			const scores = Float64Array.from(all, (index) => rowTimes(matrix, index, weights));
			return rankMetrics(all.filter(isOut), scores, target);
		}),
	);
	return {
		apgr: mean(metrics.map(({ apgr }) => apgr)),
		cpt50: mean(metrics.map(({ cpt50 }) => cpt50)),
		cpt80: mean(metrics.map(({ cpt80 }) => cpt80)),
	};
}
