import type { FieldConflict, FieldsOptions, ReconcileOptions } from '../../spec/reconcile';
import type { Ballot, Method } from '../ballot';
import { documentIn } from '../extract/jsonValue';
import { groupBallots } from '../groupBallots';
import { mergeValue } from '../merge/mergeValue';
import { readValue, weightOfAll, type Leaf, type Merge, type Present } from '../merge/voices';
import { dissentOf, modelsOf, sum, votesOf } from './vote';

/**
 * One document of several, field by field. Of equally heavy values the one is taken whose givers are
 * with the rest on most other fields, and it is never agreed. `agreement` is the share of the weight
 * behind each field's value, averaged over the fields; an answer without a document is behind none.
 */
export const fields: Method = (ballots, options) => {
	const voices = ballots.flatMap((ballot, index): Present[] => {
		const { model, weight, reading } = ballot;
		if (reading === undefined) return [];
		const { answer } = reading;
		// A pattern or the last line gives text, which may be a document.
		const value = typeof answer === 'string' ? (documentIn({ text: answer }) ?? answer) : answer;
		return [{ index, model, weight, value }];
	});
	const first = merged(voices, options, []);
	const trust = ballots.map(() => 0);
	for (const index of first.leaves.flatMap(({ behind }) => behind)) {
		trust[index] = (trust[index] ?? 0) + 1;
	}
	const isContested = first.leaves.some(({ isTie }) => isTie);
	const { answer, leaves } = isContested ? merged(voices, options, trust) : first;

	const key = answer === null ? undefined : readValue(answer, options.normalization).key;
	const winners = new Set<Ballot>(
		ballots.filter(({ reading }) => reading !== undefined && reading.key === key),
	);
	const agreement = meanShare(leaves, voices.length) * readShare(voices, ballots);
	const conflicts = leaves.flatMap(conflictOf);
	return {
		answer,
		agreement,
		agreed: !leaves.some(({ isTie }) => isTie) && agreement > options.agreementThreshold,
		winner: modelsOf([...winners]),
		votes: votesOf(groupBallots(ballots, 0), ({ weight }) => weight),
		dissent: dissentOf(ballots.filter((ballot) => !winners.has(ballot))),
		...(conflicts.length === 0 ? {} : { conflicts }),
	};
};

function merged(
	voices: readonly Present[],
	{ normalization, fields: { rules, rowKey }, numeric: { agreeWithin } }: ReconcileOptions,
	trust: readonly number[],
) {
	const leaves: Leaf[] = [];
	const merge: Merge = {
		normalization,
		ruleFor: rulesIn(rules),
		rowKey,
		trust,
		agreeWithin,
		leaves,
		readings: new Map(),
	};
	return { answer: mergeValue(voices, { field: '', path: '' }, merge) ?? null, leaves };
}

function rulesIn(rules: FieldsOptions['rules']): Merge['ruleFor'] {
	const table = new Map(rules.map(({ field, rule }) => [plainPath(field), rule]));
	return (path) => table.get(path) ?? 'auto';
}

/** `$.lines[0].price` and `lines[].price` are the rule for `lines.price`. */
function plainPath(field: string): string {
	return field
		.trim()
		.replace(/^\$\.?/, '')
		.replace(/\[\d*\]/g, '');
}

function meanShare(leaves: readonly Leaf[], voices: number): number {
	if (leaves.length === 0) return voices === 0 ? 0 : 1;
	return sum(leaves.map(({ share }) => share)) / leaves.length;
}

function readShare(voices: readonly Present[], ballots: readonly Ballot[]): number {
	const total = sum(ballots.map(({ weight }) => weight));
	return total === 0 ? 0 : weightOfAll(voices) / total;
}

function conflictOf({ field, values, absent }: Leaf): FieldConflict[] {
	if (values.length <= 1 && absent.length === 0) return [];
	return [{ field, values, ...(absent.length === 0 ? {} : { absent }) }];
}
