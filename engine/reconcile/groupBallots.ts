import type { JsonValue } from '../spec/json';
import type { Ballot } from './ballot';
import type { Reading } from './reading';

/** The ballots for one answer, in the order of the answers. */
export interface BallotGroup<B extends Ballot = Ballot> {
	/** The answer as most of its voters wrote it; of several, as the first one did. */
	readonly answer: JsonValue;
	/** How many wrote it to the letter like that. */
	readonly alike: number;
	/** Digits of a number that several gave, else 0: to hit on the same long one is no accident. */
	readonly digits: number;
	readonly ballots: readonly B[];
}

/** Ballots by answer, in the order in which each answer was first given. */
export function groupBallots<B extends Ballot>(
	ballots: readonly B[],
	relativeTolerance: number,
): ReadonlyArray<BallotGroup<B>> {
	const keyOf = relativeTolerance > 0 ? tolerantKeys(ballots, relativeTolerance) : plainKey;
	const groups = new Map<string, B[]>();
	for (const ballot of ballots) {
		if (ballot.reading === undefined) continue;
		const key = keyOf(ballot.reading);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [ballot]);
		else group.push(ballot);
	}
	return [...groups.values()].map(asGroup);
}

function asGroup<B extends Ballot>(ballots: readonly B[]): BallotGroup<B> {
	const [first] = ballots;
	const digits = digitsOf(ballots);
	const isAlike = ballots.every(({ reading }) => reading?.written === first?.reading?.written);
	if (isAlike) {
		return { answer: first?.reading?.answer ?? null, alike: ballots.length, digits, ballots };
	}
	const forms = new Map<string, { answer: JsonValue; alike: number }>();
	for (const { reading } of ballots) {
		if (reading === undefined) continue;
		const form = forms.get(reading.written);
		if (form === undefined) forms.set(reading.written, { answer: reading.answer, alike: 1 });
		else form.alike += 1;
	}
	const [common = { answer: null, alike: 0 }] = [...forms.values()].sort(
		(a, b) => b.alike - a.alike,
	);
	return { answer: common.answer, alike: common.alike, digits, ballots };
}

function digitsOf([first, second]: readonly Ballot[]): number {
	if (second === undefined || first?.reading?.number === undefined) return 0;
	return first.reading.key.replace(/\D/g, '').length;
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
