import type { JsonValue } from '../../spec/json';
import type { Vote } from '../../spec/reconcile';
import type { Ballot, Method } from '../ballot';
import { itemHead, listIn, listItems } from '../locate/listItems';
import { readValue } from '../merge/voices';
import { dissentOf, modelsOf, sum } from './vote';

/** One item of the lists, and who names it. */
interface Item {
	readonly value: JsonValue;
	readonly key: string;
	readonly ballots: Ballot[];
	/** Where it stands, summed over those who name it. */
	places: number;
}

/**
 * One list of several, without repetitions: what at least k answers name, what any names or what all
 * name; most supported first, then by place. `agreement`: the share of the weight that names an
 * item, averaged over all items that anybody names.
 */
export const list: Method = (ballots, { list: options, normalization, agreementThreshold }) => {
	const items = new Map<string, Item>();
	for (const ballot of ballots) {
		const own = new Set<string>();
		itemsOf(ballot).forEach((value, place) => {
			const head = typeof value === 'string' ? itemHead(value) : value;
			const { key } = readValue(head, normalization);
			if (own.has(key)) return;
			own.add(key);
			const item = items.get(key) ?? { value, key, ballots: [], places: 0 };
			items.set(key, item);
			item.ballots.push(ballot);
			item.places += place;
		});
	}
	const weightOf = ({ ballots: voters }: Item) => sum(voters.map(({ weight }) => weight));
	const ranked = [...items.values()]
		.map((item) => ({ ...item, weight: weightOf(item), place: item.places / item.ballots.length }))
		.sort((a, b) => b.weight - a.weight || a.place - b.place);
	const givers = ballots.filter(({ reading }) => reading !== undefined).length;
	const needed = { union: 1, intersection: givers, atLeast: options.atLeast }[options.keep];
	const kept = ranked.filter((item) => item.ballots.length >= needed);

	const total = sum(ballots.map(({ weight }) => weight));
	const mean = sum(ranked.map(({ weight }) => weight)) / Math.max(1, ranked.length);
	const agreement = total === 0 ? 0 : mean / total;
	const counts = new Map<Ballot, number>();
	for (const ballot of kept.flatMap((item) => item.ballots)) {
		counts.set(ballot, (counts.get(ballot) ?? 0) + 1);
	}
	const winners = ballots.filter((ballot) => kept.length > 0 && counts.get(ballot) === kept.length);
	const isWinner = new Set(winners);
	return {
		answer: ranked.length === 0 ? null : kept.map(({ value }) => value),
		agreement,
		agreed: kept.length > 0 && agreement > agreementThreshold,
		winner: modelsOf(winners),
		votes: ranked.map(
			({ value, weight, ballots: voters }): Vote => ({
				answer: value,
				weight,
				models: modelsOf(voters),
			}),
		),
		dissent: dissentOf(ballots.filter((ballot) => !isWinner.has(ballot))),
	};
};

function itemsOf({ reading }: Ballot): readonly JsonValue[] {
	if (reading === undefined) return [];
	const { answer } = reading;
	return typeof answer === 'string' ? listItems(answer) : (listIn(answer) ?? [answer]);
}
