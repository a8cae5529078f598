import type { SingleFlight } from '../singleFlight';
import type { Clock } from '../spec/ports';
import type { ChatResult } from '../spec/result';
import type { Envelope } from './envelope';
import type { Keys } from './keys';
import { RedisUnavailable, type Link } from './link';
import { BOARD, LAND, RENEW } from './scripts/flight';

/** When the process of a call is gone, the next one takes over after so long. */
const LOCK_MS = 5_000;
const RENEW_MS = 1_500;
/** How long an answer waits for those who wait for it. */
const LANDING_MS = 10_000;
/** How often those look, in milliseconds: more seldom each time. */
const FIRST_LOOK_MS = 25;
const LAST_LOOK_MS = 250;

interface RedisFlightsParts {
	readonly link: Link;
	readonly keys: Keys;
	readonly envelope: Envelope;
	/** The flights of this process: each asks Redis once, however many wait for it. */
	readonly local: SingleFlight<ChatResult>;
	readonly clock: Clock;
	/** Differs between processes. */
	readonly process: string;
}

/**
 * Identical calls under way are one over all processes. The first that asks makes the call and holds
 * a lock that it renews; the others look for its answer. When it fails or dies, the next one calls.
 */
export function redisFlights(parts: RedisFlightsParts): SingleFlight<ChatResult> {
	const { link, keys, envelope, local, clock, process } = parts;
	const fromElsewhere = new WeakSet<ChatResult>();
	let count = 0;

	return {
		has: local.has,
		join: async (key, work, signal, terms) => {
			const landing = await local.join(
				key,
				async (flying) => {
					const token = `${process}:${count++}`;
					const found = await board(key, token, flying, terms);
					if (found.answer !== undefined) {
						fromElsewhere.add(found.answer);
						return found.answer;
					}
					return found.leads ? await lead(key, token, work, flying) : await work(flying);
				},
				signal,
				terms,
			);
			return fromElsewhere.has(landing.value) ? { ...landing, owned: false } : landing;
		},
	};

	/** Waits until the call is ours to make, or somebody else's answer is there. */
	async function board(
		key: string,
		token: string,
		signal: AbortSignal,
		{ anew = false, patienceMs = Infinity } = {},
	): Promise<{ readonly leads: boolean; readonly answer?: ChatResult }> {
		const names = keys.flight(key);
		const giveUpAtMs = clock.nowMs() + patienceMs;
		let tooOld = anew ? '!' : '';
		let lookMs = FIRST_LOOK_MS;
		try {
			for (;;) {
				const reply = await link.send(
					async (client) => await client.run(BOARD, names, [token, LOCK_MS, tooOld]),
					() => void land(key, token, ''),
				);
				const [word, content = ''] = Array.isArray(reply) ? reply.map(String) : [];
				if (word === 'lead') return { leads: true };
				if (word === 'landed') {
					const answer = envelope.open(content, names[1]);
					if (answer !== undefined) return { leads: false, answer };
					// Another encryption key wrote it.
					return { leads: false };
				}
				tooOld = content;
				// The one that calls fails with its own deadline.
				if (clock.nowMs() + lookMs > giveUpAtMs) return { leads: false };
				await clock.sleep(lookMs, signal);
				lookMs = Math.min(LAST_LOOK_MS, lookMs * 2);
			}
		} catch (error) {
			if (error instanceof RedisUnavailable) return { leads: false };
			throw error;
		}
	}

	async function lead(
		key: string,
		token: string,
		work: (signal: AbortSignal) => Promise<ChatResult>,
		signal: AbortSignal,
	): Promise<ChatResult> {
		const [lock, landing] = keys.flight(key);
		let isOver = false;
		let stop: () => void = () => undefined;
		const renew = () => {
			link
				.send(async (client) => await client.run(RENEW, [lock], [token, LOCK_MS]))
				.catch(() => undefined);
			if (!isOver) stop = clock.after(RENEW_MS, renew);
		};
		stop = clock.after(RENEW_MS, renew);
		let answer = '';
		try {
			const result = await work(signal);
			answer = envelope.close(result, landing) ?? '';
			return result;
		} finally {
			isOver = true;
			stop();
			// The answer is there: who got it does not wait until others were told.
			void land(key, token, answer);
		}
	}

	async function land(key: string, token: string, answer: string): Promise<void> {
		await link
			.send(async (client) => await client.run(LAND, keys.flight(key), [token, answer, LANDING_MS]))
			.catch(() => undefined);
	}
}
