import type { Breathe } from '../spec/ports';

/**
 * Work on a long text in steps. At each `yield` others may have their turn; between two of them no
 * more than some ten thousand signs are worked on.
 */
export type Steps<T> = Generator<void, T, void>;

/** Signs that one step works on, about: a few milliseconds. */
export const STEP_CHARS = 16_384;

/** All steps at once, for texts that are known to be short. */
export function atOnce<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

/** One step after the other, with a breath between them. */
export async function inSteps<T>(steps: Steps<T>, breathe: Breathe): Promise<T> {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await breathe();
	}
}
