import type { LocalAdmission } from '../admission';
import { boundedByCount } from '../bounded';
import type {
	Admission,
	AdmissionAnswer,
	AdmissionAsk,
	AdmissionEnd,
	BudgetAsk,
	Refusal,
	Ticket,
} from '../spec/admission';
import type { CandidateLimits } from '../spec/provider';
import type { Clock } from '../spec/ports';
import { readReply, refusalOf } from './admitReply';
import type { Keys } from './keys';
import { RedisUnavailable, type Link } from './link';
import { ADMIT } from './scripts/admit';
import { EXTEND } from './scripts/extend';
import { SETTLE } from './scripts/settle';

/** A call of a process that was not heard of for so long is taken for lost. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/**
 * A decision is waited for a little longer than what only saves a call: without it a limit is not
 * exact. Where Redis is really slow, other commands have noticed before.
 */
const DECISION_TIMEOUT_MS = 200;
/** A day's budget outlives the day. What items and runs spent, their process says with each call. */
const rememberedMs = ({ period }: BudgetAsk) => (period === '' ? 10 : 48 * 60) * 60_000;
/** Calls whose end Redis did not hear of are told again; more than this at a time are not kept. */
const MAX_UNTOLD = 1_000;

interface RedisAdmissionParts {
	readonly link: Link;
	readonly keys: Keys;
	/** What this process knows by itself: it decides while Redis is away. */
	readonly local: LocalAdmission;
	readonly clock: Clock;
	/** Differs between processes. */
	readonly process: string;
	/** Instead of Redis's own time, for tests. */
	readonly timeMs?: () => number;
}

/**
 * {@link Admission} over all processes: one script a decision. Each call is also noted locally, so
 * that a process that loses Redis knows at least what it did itself.
 */
export function redisAdmission(parts: RedisAdmissionParts): Admission & { close: () => void } {
	const { link, keys, local, clock, process } = parts;
	const time = () => (parts.timeMs === undefined ? '' : String(parts.timeMs()));
	const open = new Set<string>();
	const untold = new Map<string, () => Promise<unknown>>();
	let stopRenewing: (() => void) | undefined;
	/** Calls of each room that Redis was not asked about. */
	const notAsked = boundedByCount<readonly NotAsked[]>(MAX_UNTOLD);
	/** Rooms whose limit was reached when Redis was last asked. */
	const full = boundedByCount<Refusal>(MAX_UNTOLD);
	/** That were there when Redis was last asked, this one included. */
	let processes = 1;
	let isClosed = false;
	let count = 0;

	const renew = async () => {
		stopRenewing = undefined;
		const told = [...untold].map(async ([id, tell]) => {
			await tell();
			untold.delete(id);
		});
		// What fails is told again next time.
		await Promise.allSettled([extend(), ...told]);
		keepRenewing();
	};
	const extend = async () => {
		if (open.size === 0) return;
		await link.send((client) => client.run(EXTEND, [keys.tickets], [time(), LEASE_MS, ...open]));
	};
	const keepRenewing = () => {
		if (!isClosed && open.size + untold.size > 0)
			stopRenewing ??= clock.after(RENEW_MS, () => void renew());
	};

	const namesOf = (ask: AdmissionAsk) => [
		...keys.room(ask.key),
		...ask.budgets.map(({ key, period }) => keys.budget(key, period)),
	];
	const settle = async (ask: AdmissionAsk, id: string, end: AdmissionEnd) => {
		const args = [
			time(),
			id,
			process,
			end.wasSent ? 1 : 0,
			end.tokens ?? '',
			end.sample ?? '',
			...ask.budgets.flatMap((budget) => [local.spentUsd(budget), rememberedMs(budget)]),
		];
		await link.send((client) => client.run(SETTLE, namesOf(ask), args));
	};
	const tellEnd = (ask: AdmissionAsk, id: string, end: AdmissionEnd) => {
		open.delete(id);
		settle(ask, id, end).catch(() => {
			// Redis may have heard of it after all: what it says about the vendor is not said twice.
			const again = async () => await settle(ask, id, { ...end, sample: undefined });
			if (untold.size < MAX_UNTOLD) untold.set(id, again);
			keepRenewing();
		});
	};

	async function ask(wanted: AdmissionAsk): Promise<AdmissionAnswer> {
		const { limits, tokens, costUsd, budgets, isLone } = wanted;
		const id = `${process}:${count++}`;
		const nowMs = clock.nowMs();
		const unasked = notAsked.get(wanted.key) ?? [];
		const args = [
			time(),
			id,
			process,
			isLone ? 1 : 0,
			tokens,
			costUsd,
			limits.requestsPerMinute ?? '',
			limits.tokensPerMinute ?? '',
			limits.maxConcurrent ?? '',
			LEASE_MS,
			JSON.stringify(unasked.map(({ id: own, atMs, tokens: used }) => [own, nowMs - atMs, used])),
			...budgets.flatMap((budget) => [
				budget.limitUsd,
				local.spentUsd(budget),
				rememberedMs(budget),
			]),
		];
		const reply = await link.send(
			async (client) => readReply(await client.run(ADMIT, namesOf(wanted), args)),
			// Nobody waited for this permission any more: it goes back.
			({ cause }) => {
				if (cause === 'admitted') {
					tellEnd(wanted, id, { wasSent: false, nowMs: clock.nowMs() });
				}
			},
			DECISION_TIMEOUT_MS,
		);
		const left = notAsked.get(wanted.key)?.filter((call) => !unasked.includes(call)) ?? [];
		if (left.length === 0) notAsked.delete(wanted.key);
		else notAsked.set(wanted.key, left);
		if (reply.cause !== 'admitted') {
			const refusal = refusalOf(reply, wanted, clock.nowMs());
			if (refusal.cause === 'limit') full.set(wanted.key, refusal);
			return { refusal };
		}
		processes = Math.max(1, reply.number);
		full.delete(wanted.key);
		open.add(id);
		keepRenewing();
		return { ticket: ticketOf(wanted, id) };
	}

	/**
	 * Without Redis: this process takes its share of each limit, and what was full stays full until
	 * the moment that Redis named. Redis learns of these calls with the next question.
	 */
	async function askAlone(wanted: AdmissionAsk): Promise<AdmissionAnswer> {
		const { key, limits, tokens } = wanted;
		const refusal = full.get(key);
		if (refusal !== undefined && refusal.untilMs > clock.nowMs()) return { refusal };
		const answer = await local.ask({ ...wanted, limits: shareOf(limits, processes) });
		if (answer.ticket !== undefined) {
			const recent = (notAsked.get(key) ?? []).slice(-MAX_UNTOLD);
			const id = `${process}:${count++}`;
			notAsked.set(key, [...recent, { id, atMs: clock.nowMs(), tokens }]);
		}
		return answer;
	}

	function ticketOf(wanted: AdmissionAsk, id: string): Ticket {
		const noted = local.take(wanted);
		let isEnded = false;
		return {
			end: (end) => {
				if (isEnded) return;
				isEnded = true;
				noted.end(end);
				tellEnd(wanted, id, end);
			},
		};
	}

	return {
		ask: async (wanted) => {
			try {
				return await ask(wanted);
			} catch (error) {
				if (!(error instanceof RedisUnavailable)) throw error;
				return await askAlone(wanted);
			}
		},
		close: () => {
			isClosed = true;
			stopRenewing?.();
		},
	};
}

/** A call that this process let through by itself. */
interface NotAsked {
	readonly id: string;
	readonly atMs: number;
	readonly tokens: number;
}

/** What one of several processes may use of the limits; at least one call at a time. */
function shareOf(limits: CandidateLimits, processes: number): CandidateLimits {
	const share = (limit: number) => Math.max(1, Math.floor(limit / processes));
	const { requestsPerMinute, tokensPerMinute, maxConcurrent } = limits;
	return {
		...limits,
		...(requestsPerMinute === undefined ? {} : { requestsPerMinute: share(requestsPerMinute) }),
		...(tokensPerMinute === undefined ? {} : { tokensPerMinute: share(tokensPerMinute) }),
		...(maxConcurrent === undefined ? {} : { maxConcurrent: share(maxConcurrent) }),
	};
}
