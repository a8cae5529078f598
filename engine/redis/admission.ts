import { budgetReason, placesReason, type LocalAdmission } from '../admission';
import { openReason, PROBE_REASON, rampReason } from '../policies/circuitBreaker';
import { requestsReason, tokensReason } from '../policies/slidingLimit';
import type {
	Admission,
	AdmissionAnswer,
	AdmissionAsk,
	AdmissionEnd,
	BudgetAsk,
	Refusal,
	Ticket,
} from '../spec/admission';
import type { Clock } from '../spec/ports';
import type { Keys } from './keys';
import { RedisUnavailable, type Link } from './link';
import { ADMIT } from './scripts/admit';
import { EXTEND } from './scripts/extend';
import { SETTLE } from './scripts/settle';

/** A call of a process that was not heard of for so long is taken for lost. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
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
		);
		if (reply.cause !== 'admitted') return { refusal: refusalOf(reply, wanted, clock.nowMs()) };
		open.add(id);
		keepRenewing();
		return { ticket: ticketOf(wanted, id) };
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
				return await local.ask(wanted);
			}
		},
		close: () => {
			isClosed = true;
			stopRenewing?.();
		},
	};
}

interface Reply {
	readonly cause: string;
	readonly waitMs: number;
	readonly what: string;
	readonly number: number;
}

function readReply(raw: unknown): Reply {
	const [cause = '', waitMs = '', what = '', number = ''] = Array.isArray(raw)
		? raw.map(String)
		: [];
	return { cause, waitMs: Number(waitMs), what, number: Number(number) };
}

function refusalOf(
	{ cause, waitMs, what, number }: Reply,
	{ limits, budgets, costUsd }: AdmissionAsk,
	nowMs: number,
): Refusal {
	const untilMs = nowMs + waitMs;
	switch (what) {
		case 'open':
			return { cause: 'breaker', untilMs, reason: openReason(waitMs) };
		case 'probe':
			return { cause: 'breaker', untilMs, reason: PROBE_REASON };
		case 'ramp':
			return { cause: 'breaker', untilMs, reason: rampReason(number) };
		case 'places':
			return { cause: 'concurrency', untilMs, reason: placesReason(limits.maxConcurrent ?? 0) };
		case 'requests':
			return { cause: 'limit', untilMs, reason: requestsReason(limits.requestsPerMinute ?? 0) };
		case 'tokens':
			return { cause: 'limit', untilMs, reason: tokensReason(limits.tokensPerMinute ?? 0) };
	}
	const budget = budgets[Number(what)];
	if (cause !== 'budget' || budget === undefined)
		throw new RedisUnavailable('it answered nonsense');
	return { cause, untilMs: Infinity, reason: budgetReason(budget, number, costUsd) };
}
