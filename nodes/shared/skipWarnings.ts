import type { SkipRecord } from '../../engine/index';

/** Listed models that are never asked, for the run's hints. */
export function skipWarnings(skipped: readonly SkipRecord[]): string[] {
	return skipped.map(({ model, reason }) => `${model} was not asked: ${reason}`);
}
