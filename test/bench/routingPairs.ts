import {
	LINEAGE_PAIRS,
	ROUTELLM_PAIR,
	ROUTERARENA_PAIR,
	ZEROEVAL_PAIRS,
	type ModelPair,
	type RoutingRow,
	type RoutingSet,
} from '../../scripts/train/recordedRows';

/** One line of a table: a set and one pair of models on it. */
export interface JudgedPair {
	readonly name: string;
	readonly set: RoutingSet;
	readonly pair: ModelPair;
	/** Index into `gains`. */
	readonly at: number;
	/** The figure that must be reached, where there is one. */
	readonly apgrBar?: number;
	/** Printed without a verdict. */
	readonly isTooSmall?: boolean;
}

const withPairs = (set: RoutingSet, pairs: readonly ModelPair[], name: string): JudgedPair[] =>
	pairs.map((pair, at) => ({
		name: `${name} ${pair.cheap} -> ${pair.strong}`,
		set,
		pair,
		at,
	}));

export const JUDGED_PAIRS: readonly JudgedPair[] = [
	{ name: 'RouteLLM MMLU', set: 'mmlu', pair: ROUTELLM_PAIR, at: 0, apgrBar: 0.64 },
	{ name: 'RouteLLM GSM8K', set: 'gsm8k', pair: ROUTELLM_PAIR, at: 0, apgrBar: 0.65 },
	...withPairs('zeroeval', ZEROEVAL_PAIRS, 'ZeroEval'),
	...withPairs('routerarena', [ROUTERARENA_PAIR], 'RouterArena'),
	...withPairs('lineage', LINEAGE_PAIRS, 'lineage'),
	{ name: 'MT-bench', set: 'mtbench', pair: ROUTELLM_PAIR, at: 0, isTooSmall: true },
];

export const rowsOf = (rows: readonly RoutingRow[], set: RoutingSet): number[] =>
	[...rows.keys()].filter((row) => rows[row]?.set === set);

export const gainOf = (rows: readonly RoutingRow[], { set, at }: JudgedPair): Float64Array =>
	Float64Array.from(rows, (row) => (row.set === set ? (row.gains[at] ?? 0) : 0));

export const lengthOf = (rows: readonly RoutingRow[]): Float64Array =>
	Float64Array.from(rows, ({ prompt }) => prompt.length);
