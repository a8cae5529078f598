import { leaveSetOut } from '../../scripts/train/crossValidate';
import { ROUTING_SETS, type RoutingRow } from '../../scripts/train/recordedRows';
import type { SparseRows } from '../../scripts/train/ridge';
import { apgrOf, bootstrap, rank, withInterval } from './routingIntervals';
import { JUDGED_PAIRS, gainOf, lengthOf, rowsOf } from './routingPairs';
import { printTable } from './routingPrint';

/** What remains where neither a set nor any question of it was learnt from: another domain. */
export function reportSetsLeftOut(rows: readonly RoutingRow[], matrix: SparseRows): void {
	console.log('\n## Another domain: the whole set left out of training\n');
	const lines = ROUTING_SETS.flatMap((set) => {
		const judgedPairs = JUDGED_PAIRS.filter((judged) => judged.set === set);
		if (judgedPairs.length === 0 || rowsOf(rows, set).length === 0) return [];
		const own = rowsOf(rows, set);
		const ranking = rank(own, leaveSetOut(rows, matrix, set));
		const lengthRanking = rank(own, lengthOf(rows));
		return judgedPairs.map((judged) => {
			const gain = gainOf(rows, judged);
			const figure = (order: readonly number[]) =>
				withInterval(bootstrap(own, rows.length, (times) => apgrOf(order, gain, times)));
			return [judged.name, figure(ranking), figure(lengthRanking)];
		});
	});
	printTable(['set and pair', 'APGR', 'prompt length'], lines);
}
