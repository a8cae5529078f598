import { boundedByCount } from './bounded';
import {
	CLOSED_BREAKER,
	judgeBreaker,
	withCall,
	withoutProbe,
	withProbe,
	type Breaker,
} from './policies/circuitBreaker';
import {
	emptyWindow,
	judgeWindow,
	release,
	reserve,
	settle,
	type UsageWindow,
} from './policies/slidingLimit';
import { fitsBudget, noSpending, reserveUsd, settleUsd, type Spending } from './policies/spending';
import type {
	Admission,
	AdmissionAnswer,
	AdmissionAsk,
	AdmissionEnd,
	BudgetAsk,
	Refusal,
	Ticket,
} from './spec/admission';

/** Credentials with models, and budgets, that are remembered. */
const MAX_REMEMBERED = 10_000;
/** How soon somebody who waits for a free place looks again, in milliseconds. */
const PLACE_POLL_MS = 20;

/** What is known of one credential and model. */
interface Room {
	breaker: Breaker;
	window: UsageWindow;
	open: number;
}

/** {@link Admission} within this process. */
export interface LocalAdmission extends Admission {
	/** Reserves room for a call that was admitted elsewhere, whether or not there is any. */
	readonly take: (ask: AdmissionAsk) => Ticket;
	/** US$ that calls of this process came to. */
	readonly spentUsd: (budget: BudgetAsk) => number;
	readonly clear: () => void;
}

export function createAdmission(): LocalAdmission {
	const rooms = boundedByCount<Room>(MAX_REMEMBERED);
	const sums = boundedByCount<Spending>(MAX_REMEMBERED);
	/** Sums of periods are kept until the period is over: forgetting one would hand it out again. */
	const sumsOfPeriods = new Map<string, Spending>();

	const roomOf = (key: string): Room => {
		const known = rooms.get(key);
		if (known !== undefined) return known;
		const room = { breaker: CLOSED_BREAKER, window: emptyWindow(), open: 0 };
		rooms.set(key, room);
		return room;
	};
	const sumOf = ({ key, period }: BudgetAsk): Spending => {
		const kept = period === '' ? sums : sumsOfPeriods;
		const name = `${key}|${period}`;
		const known = kept.get(name);
		if (known !== undefined) return known;
		const sum = noSpending(period);
		kept.set(name, sum);
		if (period !== '') dropOld(sumsOfPeriods);
		return sum;
	};

	return {
		ask: async (ask) => admit(ask, roomOf(ask.key), ask.budgets.map(sumOf)),
		take: (ask) => enter(ask, roomOf(ask.key), ask.budgets.map(sumOf), false),
		spentUsd: (budget) => sumOf(budget).spentUsd,
		clear: () => {
			rooms.clear();
			sums.clear();
			sumsOfPeriods.clear();
		},
	};
}

/**
 * Drops the sums of periods before the last but one: calls that began before midnight still end in
 * theirs.
 */
function dropOld(sums: Map<string, Spending>): void {
	const periods = [...new Set([...sums.values()].map(({ period }) => period))].sort();
	const old = new Set(periods.slice(0, -2));
	if (old.size === 0) return;
	for (const [name, { period }] of sums) if (old.has(period)) sums.delete(name);
}

function admit(ask: AdmissionAsk, room: Room, sums: readonly Spending[]): AdmissionAnswer {
	const { limits, nowMs } = ask;
	const verdict = judgeBreaker(room.breaker, room.open, nowMs, ask.isLone);
	const refusal =
		(verdict.admits ? undefined : ({ cause: 'breaker', ...verdict } as const)) ??
		fullRoom(room, limits.maxConcurrent, nowMs) ??
		overBudget(ask, sums) ??
		overLimit(ask, room);
	if (refusal !== undefined) {
		const { cause, untilMs, reason } = refusal;
		return { refusal: { cause, untilMs, reason } };
	}

	return { ticket: enter(ask, room, sums, verdict.admits && verdict.isProbe) };
}

/** Reserves what the call needs. */
function enter(ask: AdmissionAsk, room: Room, sums: readonly Spending[], isProbe: boolean): Ticket {
	const { tokens, costUsd, nowMs } = ask;
	if (isProbe) room.breaker = withProbe(room.breaker, nowMs);
	room.open++;
	const entry = reserve(room.window, tokens, nowMs);
	for (const sum of sums) reserveUsd(sum, costUsd);

	let isEnded = false;
	const end = (ended: AdmissionEnd) => {
		if (isEnded) return;
		isEnded = true;
		room.open--;
		if (ended.wasSent) settle(room.window, entry, ended.tokens);
		else release(room.window, entry);
		for (const sum of sums) settleUsd(sum, costUsd, ended.wasSent ? ended.costUsd : 0);
		if (ended.sample !== undefined) {
			room.breaker = withCall(room.breaker, ended.sample, ended.nowMs, isProbe);
		} else if (isProbe) {
			room.breaker = withoutProbe(room.breaker);
		}
	};
	return { end };
}

function fullRoom(
	{ open }: Room,
	maxConcurrent: number | undefined,
	nowMs: number,
): Refusal | undefined {
	if (maxConcurrent === undefined || open < maxConcurrent) return undefined;
	return {
		cause: 'concurrency',
		untilMs: nowMs + PLACE_POLL_MS,
		reason: placesReason(maxConcurrent),
	};
}

function overBudget(
	{ budgets, costUsd }: AdmissionAsk,
	sums: readonly Spending[],
): Refusal | undefined {
	const index = sums.findIndex((sum, at) => {
		const { limitUsd = Infinity } = budgets[at] ?? {};
		return !fitsBudget(sum, limitUsd, costUsd);
	});
	const budget = budgets[index];
	const sum = sums[index];
	if (budget === undefined || sum === undefined) return undefined;
	const reason = budgetReason(budget, sum.spentUsd + sum.reservedUsd, costUsd);
	return { cause: 'budget', untilMs: Infinity, reason };
}

/** Why there is no place, in words. */
export function placesReason(maxConcurrent: number): string {
	const calls = maxConcurrent === 1 ? 'call' : 'calls';
	return `limit of ${maxConcurrent} ${calls} at the same time`;
}

/** @param takenUsd what is spent or set aside */
export function budgetReason(budget: BudgetAsk, takenUsd: number, costUsd: number): string {
	const { label, limitUsd } = budget;
	return `${label} of ${usd(limitUsd)}: ${usd(takenUsd)} are spent or set aside, this call may cost ${usd(costUsd)}`;
}

function overLimit(ask: AdmissionAsk, { window }: Room): Refusal | undefined {
	const verdict = judgeWindow(window, ask.limits, ask.tokens, ask.nowMs);
	if (verdict.admits) return undefined;
	return { cause: 'limit', untilMs: verdict.untilMs, reason: verdict.reason };
}

/** Two significant digits, never in exponents. */
function usd(amount: number): string {
	if (amount === 0) return '$0';
	const decimals = Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(amount))));
	return `$${amount.toFixed(decimals)}`;
}
