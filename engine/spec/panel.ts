import * as z from 'zod/v4-mini';
import { lazily } from './lazily';
import type { Plan } from './policies';
import type { AnswerIn, Reconciled } from './reconcile';
import type { Trace } from './trace';

/** Ways to reconcile in which models decide. */
export const PANEL_METHODS = ['judge', 'rank', 'synthesize'] as const;
export type PanelMethod = (typeof PANEL_METHODS)[number];

/** What the builder may set about them. */
export const panelSchema = lazily(() =>
	z.strictObject({
		/** Agreed when `agreement` is above it and there is no tie. */
		agreementThreshold: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
		/** Different orders in which each judge sees the answers; each order is also seen swapped. */
		orders: z._default(z.int().check(z.minimum(1), z.maximum(3)), 1),
		/** Tokens of one answer that are shown; the middle of a longer one is left out. */
		maxAnswerTokens: z._default(z.int().check(z.minimum(50), z.maximum(200_000)), 4_000),
		/** Tokens of the question that are shown to a judge. */
		maxQuestionTokens: z._default(z.int().check(z.minimum(50), z.maximum(200_000)), 16_000),
	}),
);
export type PanelOptions = z.infer<typeof panelSchema>;

/** Who decides, how, and what holds over all of their calls together. */
export interface Panel {
	/**
	 * `judge`: one plan for each judge. `rank` and `debate`: one for each member. `synthesize`: one,
	 * the writer. Several candidates in a plan stand in for each other, in order under `priority`.
	 */
	readonly plans: readonly Plan[];
	readonly options: PanelOptions;
	/** Decides where the models do not; under `debate` the vote before and after. Calls no model. */
	readonly fallback: (answers: readonly AnswerIn[]) => Reconciled;
	/**
	 * Decides labels and orders. Keep it the same from run to run (a workflow's ID, not an
	 * execution's), or no call is ever answered from the cache.
	 */
	readonly seed: string;
	/** All calls together, in milliseconds. */
	readonly deadlineMs: number;
	/** US$; a panel that is estimated to cost more is refused before its first call. */
	readonly maxCostUsd?: number;
	/** US$ that the given answers cost, for the account of a debate round; absent when not known. */
	readonly spentUsd?: number;
}

/** One judge and one order of the answers, seen both ways round. */
export interface Verdict {
	/** The model that judged; the first of the plan where none did. */
	readonly judge: string;
	/** Models behind the answer it found best, first as shown and then swapped; `null`: no verdict. */
	readonly picks: readonly [readonly string[] | null, readonly string[] | null];
	/** Whether both picks are the same answer; only then it counts. */
	readonly survived: boolean;
	/** The judge's own words, one for each pick. They name answers by the labels it saw. */
	readonly reasons: readonly string[];
	/** Why there is no verdict or why it does not count. */
	readonly problem?: string;
}

/** How one member of a council ranked the answers that are not its own. */
export interface RankingRecord {
	readonly member: string;
	/** Best first, each as the models behind it; `null`: no ranking that counts. */
	readonly order: readonly (readonly string[])[] | null;
	readonly problem?: string;
}

/** What a synthesis found in the answers before it wrote its own. */
export interface Analysis {
	/** What most answers say. */
	readonly consensus: readonly string[];
	readonly contradictions: readonly {
		readonly point: string;
		readonly positions: readonly { readonly models: readonly string[]; readonly claim: string }[];
	}[];
	/** What only one answer says. */
	readonly unique: readonly { readonly models: readonly string[]; readonly point: string }[];
	/** What no answer says and the question needs. */
	readonly blindSpots: readonly string[];
}

/** A debate round, with what it cost. */
export interface DebateRecord {
	/** Models that were shown the others' answers and asked again. */
	readonly asked: readonly string[];
	/** Those of them whose answer is another one now. */
	readonly changed: readonly string[];
	readonly before: Reconciled;
	/** US$ for the answers before the round; absent when not known. */
	readonly costBeforeUsd?: number;
	/** US$ for the answers and the round; absent when any part is not known. */
	readonly costAfterUsd?: number;
	/** All answers after the round, in the order in which they were given. */
	readonly answers: readonly AnswerIn[];
}

/** What a panel came to: the fields of a Reconcile item, and the trail of every call. */
export interface PanelOutcome
	extends Pick<Reconciled, 'answer' | 'agreement' | 'agreed' | 'winner' | 'votes' | 'dissent'> {
	/** What decided in the end: another one than was asked for where the models gave no decision. */
	readonly method: PanelMethod | Reconciled['method'];
	/** How it was decided, in one sentence; with the measure that `agreement` is. */
	readonly reason: string;
	/** Which of the given answers won; absent for a synthesis and where the fallback decided. */
	readonly winnerIndex?: number;
	/** The whole result of the fallback, where that decided. */
	readonly fallback?: Reconciled;
	readonly verdicts?: readonly Verdict[];
	readonly rankings?: readonly RankingRecord[];
	readonly analysis?: Analysis;
	/** Which model's answer stood under which letter in a synthesis. */
	readonly labels?: Readonly<Record<string, readonly string[]>>;
	readonly debate?: DebateRecord;
	/** Every call of the panel, its cost and all warnings. */
	readonly trace: Trace;
}
