import type { Run } from '../runtime';
import type { Branch, BranchResult } from '../spec/fanOut';
import { askBranch } from './askBranch';
import type { Progress } from './nextMove';

/**
 * A branch is late when it takes this many times as long as the slowest answer so far, and at least
 * the time below: short answers and a hanging one must not be told apart too early.
 */
const LATE_FACTOR = 2;
const LATE_AFTER_MS = 5_000;

/** The branches of one item while they are being asked. */
export interface Branches {
	/** Asks so many more, in the order of asking. */
	readonly ask: (more: number) => void;
	readonly progress: () => Progress;
	/** Until a branch has settled, or one has become late. */
	readonly change: () => Promise<void>;
	/** Until all that were asked have settled; in the order of the branches, empty where not asked. */
	readonly settled: () => Promise<ReadonlyArray<BranchResult | undefined>>;
}

export interface BranchesRun extends Run {
	readonly aliases: readonly string[];
	/** Places of the branches, who is asked first at the front. */
	readonly order: readonly number[];
	/** Lets a branch start when there is room for it. */
	readonly gate: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

export function startBranches(branches: readonly Branch[], run: BranchesRun): Branches {
	const { clock } = run.runtime;
	const results: Array<BranchResult | undefined> = branches.map(() => undefined);
	const asked: Array<Promise<void>> = [];
	/** When each branch under way passed the gate; `undefined` while it waits there. */
	const openSinceMs = new Map<number, number | undefined>();
	const bugs: unknown[] = [];
	let wake: () => void = () => undefined;

	async function askOne(branch: Branch, index: number): Promise<void> {
		openSinceMs.set(index, undefined);
		try {
			results[index] = await run.gate(async () => {
				openSinceMs.set(index, clock.nowMs());
				return await askBranch(branch, run.aliases[index] ?? String(index + 1), run);
			}, run.signal);
		} catch (bug) {
			bugs.push(bug);
		}
		openSinceMs.delete(index);
		wake();
	}

	function patienceMs(): number {
		const tookMs = results.flatMap((result) =>
			result?.status === 'ok' && result.attempts.length > 0 ? [result.latencyMs] : [],
		);
		return tookMs.length === 0
			? Infinity
			: Math.max(LATE_AFTER_MS, LATE_FACTOR * Math.max(...tookMs));
	}

	function lateAtMs(): number[] {
		const waitMs = patienceMs();
		return [...openSinceMs.values()].map((sinceMs = Infinity) => sinceMs + waitMs);
	}

	return {
		ask: (more) => {
			for (const index of run.order.slice(asked.length, asked.length + more)) {
				asked.push(askOne(branches[index] as Branch, index));
			}
		},
		progress: () => {
			const late = lateAtMs().filter((atMs) => atMs <= clock.nowMs()).length;
			return {
				answers: results.flatMap((result) =>
					result?.status === 'ok' ? [{ model: result.label, text: result.text }] : [],
				),
				underWay: openSinceMs.size - late,
				late,
				waiting: branches.length - asked.length,
			};
		},
		change: async () => {
			if (bugs.length > 0) throw bugs[0];
			if (openSinceMs.size === 0) return;
			const nextLateAtMs = Math.min(...lateAtMs().filter((atMs) => atMs > clock.nowMs()));
			await new Promise<void>((resolve) => {
				const letGo =
					nextLateAtMs < Infinity
						? clock.after(nextLateAtMs - clock.nowMs(), () => wake())
						: () => undefined;
				wake = () => {
					letGo();
					resolve();
				};
			});
			if (bugs.length > 0) throw bugs[0];
		},
		settled: async () => {
			await Promise.all(asked);
			if (bugs.length > 0) throw bugs[0];
			return results;
		},
	};
}
