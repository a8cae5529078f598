import type { FailureKind } from '../../engine/index';

/**
 * What the Router does when there is no healthy backup to hide behind: with the backup down too,
 * with one model only, and with the fault on the second vendor while the first is down.
 */
export const VARIANTS = ['backup down', 'single', 'second vendor'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Expected {
	readonly id: string;
	/** The outcomes of the faulty model's calls, in order. */
	readonly outcomes: ReadonlyArray<FailureKind | 'ok'>;
	/** Nothing but this model is asked before it answers. */
	readonly keepsItsTurn?: true;
	/** What the other model is asked meanwhile, where it is not {@link DOWN}. */
	readonly hedged?: readonly FailureKind[];
	/** No second call before that. */
	readonly pauseMs?: number;
	/** How long its calls take in all, at least, in milliseconds. */
	readonly atLeastMs?: number;
}

const three = (kind: FailureKind) => [kind, kind, kind];

/** What a model that is down (503) is asked: once, and twice again. */
export const DOWN = three('overloaded');

export const EXPECTED: readonly Expected[] = [
	{ id: 'S01', outcomes: ['rate-limit', 'ok'], pauseMs: 2_000 },
	{ id: 'S02', outcomes: three('rate-limit') },
	{ id: 'S03', outcomes: ['server', 'ok'], keepsItsTurn: true },
	{ id: 'S04', outcomes: three('overloaded') },
	{ id: 'S05', outcomes: three('network') },
	// Nobody else can answer: only then a silent model is asked again.
	{ id: 'S06', outcomes: three('timeout'), atLeastMs: 90_000 },
	{ id: 'S07', outcomes: ['ok'], hedged: ['overloaded'], atLeastMs: 20_000 },
	{ id: 'S08', outcomes: three('network') },
	// Given up sooner where another model is ready.
	{ id: 'S09', outcomes: three('timeout'), atLeastMs: 60_000 },
	{ id: 'S10', outcomes: three('malformed-response') },
	{ id: 'S11', outcomes: three('network') },
	{ id: 'S12', outcomes: ['context-length'] },
	{ id: 'S13', outcomes: ['content-filter'] },
	{ id: 'S14', outcomes: three('network') },
	{ id: 'S16', outcomes: ['ok'], keepsItsTurn: true },
];
