import { createHash } from 'node:crypto';
import type { Random } from '../spec/ports';
import type { Candidate } from '../spec/provider';

/** A candidate with what is known about it at this moment. */
export interface Contender {
	readonly candidate: Candidate;
	/** Estimated US$ for this request; absent when the price is not known. */
	readonly costUsd?: number;
	/** Peak EWMA of measured latency, failures penalised, in milliseconds; absent without samples. */
	readonly latencyMs?: number;
	/** Calls that are open now. */
	readonly inFlight: number;
}

export interface Ranked {
	readonly candidates: readonly Candidate[];
	/** Why the first one is first, in one sentence. */
	readonly reason: string;
	/** Under `weighted`: the arm of the first one. */
	readonly arm?: string;
	/** What keeps the strategy from doing what it promises. */
	readonly warnings?: readonly string[];
}

/** Candidates this close to the quickest count as equally quick, so that not all run to one. */
const FASTEST_BUFFER = 0.1;
/** Share of requests that try another one than the quickest, to notice when one got better. */
const EXPLORE_SHARE = 0.02;

export function inListedOrder(contenders: readonly Contender[]): Ranked {
	return {
		candidates: contenders.map(({ candidate }) => candidate),
		reason: contenders.length === 1 ? 'the only candidate' : 'first in the listed order',
	};
}

/** Cheapest first by the estimate for this request; without a price last, in the listed order. */
export function byCost(contenders: readonly Contender[]): Ranked {
	const ordered = sortedBy(contenders, ({ costUsd }) => costUsd ?? Infinity);
	const first = ordered[0];
	const reason =
		first?.costUsd === undefined
			? 'no price is known, so the listed order holds'
			: `cheapest for this request: about $${first.costUsd.toPrecision(2)}`;
	const priceless = contenders.filter(({ costUsd }) => costUsd === undefined);
	return {
		candidates: ordered.map(({ candidate }) => candidate),
		reason,
		warnings: priceless.map(
			({ candidate }) =>
				`Cheapest asks ${candidate.id} last, because no price is known for it: set Input Price and Output Price in the model's settings`,
		),
	};
}

/**
 * Quickest first by measured latency times the queue in front. One that was never measured goes
 * first while nobody is measuring it; now and then another than the quickest is tried.
 */
export function byLatency(contenders: readonly Contender[], random: Random): Ranked {
	const unknown = contenders.find(
		({ latencyMs, inFlight }) => latencyMs === undefined && inFlight === 0,
	);
	const expectedMs = ({ latencyMs, inFlight }: Contender) =>
		latencyMs === undefined ? Infinity : latencyMs * (inFlight + 1);
	const ordered = sortedBy(contenders, expectedMs);
	if (unknown !== undefined) {
		return { candidates: lead(ordered, unknown), reason: 'not measured yet, so it is tried' };
	}
	const best = ordered[0];
	if (best === undefined) return { candidates: [], reason: 'no candidate' };
	if (random() < EXPLORE_SHARE && ordered.length > 1) {
		const tried = pickOne(ordered.slice(1), random);
		return { candidates: lead(ordered, tried), reason: 'tried again to keep its latency known' };
	}
	const limitMs = expectedMs(best) * (1 + FASTEST_BUFFER);
	const chosen = pickOne(
		ordered.filter((one) => expectedMs(one) <= limitMs),
		random,
	);
	const seen =
		chosen.latencyMs === undefined ? 'unknown' : `about ${Math.round(chosen.latencyMs)} ms`;
	return { candidates: lead(ordered, chosen), reason: `quickest now: ${seen}` };
}

/**
 * A random order in which each candidate leads as often as its weight says. With a sticky key the
 * key decides instead of chance, and keeps doing so when other candidates come or go.
 * Source: weighted rendezvous hashing, Schindelhauer and Schomaker 2005.
 */
export function byWeight(
	contenders: readonly Contender[],
	random: Random,
	stickyKey?: string,
): Ranked {
	const times = new Map<string, number>();
	/** One model with two settings is two arms. */
	const nameOf = (id: string) => {
		const time = (times.get(id) ?? 0) + 1;
		times.set(id, time);
		return time === 1 ? id : `${id} ${time}`;
	};
	const drawn = contenders.map((contender) => {
		const { id, weight } = contender.candidate;
		const uniform = stickyKey === undefined ? 1 - random() : hashed(`${stickyKey}\n${nameOf(id)}`);
		return { contender, rank: weight > 0 ? -Math.log(uniform) / weight : Infinity };
	});
	const ordered = sortedBy(drawn, ({ rank }) => rank).map(({ contender }) => contender.candidate);
	const total = contenders.reduce((sum, { candidate }) => sum + candidate.weight, 0);
	const share = Math.round((100 * (ordered[0]?.weight ?? 0)) / total);
	const by = stickyKey === undefined ? 'drawn' : 'kept for this key';
	const reason = `${by}, with ${share} % of the weight`;
	const arm = ordered[0]?.arm;
	return { candidates: ordered, reason, ...(arm === undefined ? {} : { arm }) };
}

/**
 * The less busy of two drawn at random leads: nearly as even as looking at all, and callers who
 * look at the same moment do not all run to the same one.
 * Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
 */
export function byLoad(contenders: readonly Contender[], random: Random): Ranked {
	const ordered = sortedBy(contenders, ({ inFlight }) => inFlight);
	if (contenders.length < 2) {
		return { candidates: ordered.map(({ candidate }) => candidate), reason: 'the only candidate' };
	}
	const one = pickOne(contenders, random);
	const other = pickOne(
		contenders.filter((contender) => contender !== one),
		random,
	);
	const chosen = other.inFlight < one.inFlight ? other : one;
	const calls = `${chosen.inFlight} open ${chosen.inFlight === 1 ? 'call' : 'calls'}`;
	return { candidates: lead(ordered, chosen), reason: `the less busy of two: ${calls}` };
}

/** Stable: equal values keep the listed order. */
function sortedBy<T>(values: readonly T[], of: (value: T) => number): T[] {
	return [...values].sort((a, b) => {
		const [left, right] = [of(a), of(b)];
		return left === right ? 0 : left - right;
	});
}

function lead(ordered: readonly Contender[], first: Contender): Candidate[] {
	return [first, ...ordered.filter((contender) => contender !== first)].map(
		({ candidate }) => candidate,
	);
}

function pickOne(contenders: readonly Contender[], random: Random): Contender {
	return contenders[Math.floor(random() * contenders.length)] as Contender;
}

/** A number in (0, 1] that the text decides. */
function hashed(text: string): number {
	const digest = createHash('sha256').update(text).digest();
	return (digest.readUIntBE(0, 6) + 1) / 2 ** 48;
}
