import { InvalidPlanError, type Candidate } from '../../engine/index';
import type { Listed } from '../shared/candidates';
import { shown } from '../shared/shown';

/**
 * The candidates of the list with the Router's own settings of their rows.
 *
 * @throws {InvalidPlanError} for a weight or a tier that is none, or when all weights are 0
 */
export function withRowSettings(listed: readonly Listed[]): Candidate[] {
	const candidates = listed
		.filter(({ isExtra }) => !isExtra)
		.flatMap((one, index) => {
			if (!('candidate' in one)) return [];
			const tier = tierOf(one);
			const own = { weight: weightOf(one), arm: armOf(index) };
			return [{ ...one.candidate, ...own, ...(tier === undefined ? {} : { tier }) }];
		});
	if (candidates.length > 0 && candidates.every(({ weight }) => weight === 0)) {
		throw new InvalidPlanError(
			'Every model has the weight 0, so none may be asked',
			'Give at least one model under Models > Settings a Weight above 0.',
		);
	}
	return candidates;
}

interface RowSettings {
	readonly weight?: unknown;
	readonly tier?: unknown;
}

function weightOf({ row }: Listed): number {
	const { weight = 1 } = (row.settings ?? {}) as RowSettings;
	const value = typeof weight === 'string' && weight.trim() !== '' ? Number(weight) : weight;
	if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
	throw new InvalidPlanError(
		`${row.label} > Settings: Weight must be a number of at least 0, got ${shown(weight)}`,
		`Change Weight under ${row.label} > Settings, or remove it there for a weight of 1.`,
	);
}

function tierOf({ row }: Listed): Candidate['tier'] {
	const { tier } = (row.settings ?? {}) as RowSettings;
	if (tier === undefined || tier === 'fast' || tier === 'strong') return tier;
	throw new InvalidPlanError(
		`${row.label} > Settings: Tier must be fast or strong, got ${shown(tier)}`,
		`Change Tier under ${row.label} > Settings, or remove it for every model: then the dearest is the strong one.`,
	);
}

/** A, B … Z, then 27, 28 …: which row a request was given to. */
function armOf(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
