import type { JsonValue } from '../spec/json';
import type { Ballot } from './ballot';
import type { Reading } from './reading';

/** The ballots for one answer, in the order of the answers. */
export interface BallotGroup {
	/** The answer as most of its voters wrote it; of several, as the first one did. */
	readonly answer: JsonValue;
	/** How many wrote it to the letter like that. */
	readonly alike: number;
	readonly ballots: readonly Ballot[];
}

/** Ballots by answer, in the order in which each answer was first given. */
export function groupBallots(
	ballots: readonly Ballot[],
	relativeTolerance: number,
): readonly BallotGroup[] {
	const keyOf = relativeTolerance > 0 ? tolerantKeys(ballots, relativeTolerance) : plainKey;
	const groups = new Map<string, Ballot[]>();
	for (const ballot of ballots) {
		if (ballot.reading === undefined) continue;
		const key = keyOf(ballot.reading);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [ballot]);
		else group.push(ballot);
	}
	return [...groups.values()].map((group) => ({ ...commonForm(group), ballots: group }));
}

function commonForm(ballots: readonly Ballot[]): Pick<BallotGroup, 'answer' | 'alike'> {
	const [only, ...others] = ballots;
	if (others.length === 0) return { answer: only?.reading?.answer ?? null, alike: 1 };
	const forms = new Map<string, { answer: JsonValue; alike: number }>();
	for (const { reading } of ballots) {
		if (reading === undefined) continue;
		const form = forms.get(reading.written) ?? { answer: reading.answer, alike: 0 };
		forms.set(reading.written, { ...form, alike: form.alike + 1 });
	}
	return [...forms.values()].reduce((best, form) => (form.alike > best.alike ? form : best), {
		answer: null,
		alike: 0,
	});
}

function plainKey({ key }: Reading): string {
	return key;
}

/**
 * Numbers in ascending order share a group as long as they are within the tolerance of its
 * smallest, so that any two in it are within the tolerance of each other.
 */
function tolerantKeys(
	ballots: readonly Ballot[],
	relativeTolerance: number,
): (reading: Reading) => string {
	const numbers = ballots.flatMap(({ reading }) => reading?.number ?? []);
	const leaders = new Map<number, number>();
	let leader: number | undefined;
	for (const number of Float64Array.from(numbers).sort()) {
		if (leader === undefined || !isWithin(leader, number, relativeTolerance)) leader = number;
		leaders.set(number, leader);
	}
	return ({ key, number }) => {
		const found = number === undefined ? undefined : leaders.get(number);
		return found === undefined ? key : String(found);
	};
}

function isWithin(a: number, b: number, relativeTolerance: number): boolean {
	return Math.abs(a - b) <= relativeTolerance * Math.max(Math.abs(a), Math.abs(b));
}
