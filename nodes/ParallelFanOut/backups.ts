import type { Candidate, ModelSettings, SkipRecord } from '../../engine/index';
import type { CandidateRow } from '../shared/candidateRows';
import type { Listed } from '../shared/candidates';

/** A row of the list, with the model that it wants as its backup. */
export interface BackupRow {
	readonly row: CandidateRow;
	/** Absent when the model of the row cannot be asked. */
	readonly candidate?: Candidate;
	readonly skip?: SkipRecord;
	readonly wanted?: CandidateRow;
	readonly modelSettings: ModelSettings;
}

/** The backup of a row, or why it has none although it wants one; both absent: it wants none. */
export interface Backup {
	readonly candidate?: Candidate;
	readonly skip?: SkipRecord;
}

/**
 * The backup of each row. A model that another branch asks is none: its answer would count twice.
 * Of two rows that want the same one, the first gets it.
 *
 * @param known every model of the node, those that are named as backups only included
 */
export function backupsOf(rows: readonly BackupRow[], known: readonly Listed[]): Backup[] {
	const taken = new Set(rows.flatMap(({ candidate }) => candidate?.id ?? []));
	return rows.map(({ row, skip, wanted, modelSettings }) => {
		// A row that is listed twice is asked once, and nobody stands in for the other one.
		if (wanted === undefined || (skip !== undefined && taken.has(row.id))) return {};
		const refuse = (reason: string): Backup => ({
			skip: { model: wanted.id, reason: `as the backup of ${row.id}: ${reason}` },
		});
		if (wanted.id === row.id) return refuse('it is the same model');
		if (taken.has(wanted.id)) return refuse('another branch asks it already');
		const found = known.find((one) => one.row.id === wanted.id);
		if (found === undefined || 'skip' in found) {
			return refuse(found?.skip.reason ?? 'it cannot be asked');
		}
		taken.add(wanted.id);
		return { candidate: { ...found.candidate, settings: settingsFor(found, row, modelSettings) } };
	});
}

/** The settings of the row hold for its backup too, except those in another vendor's words. */
function settingsFor(
	{ row }: Listed,
	of: CandidateRow,
	{ providerOptions, ...settings }: ModelSettings,
): ModelSettings {
	if (providerOptions === undefined || row.provider !== of.provider) return settings;
	return { ...settings, providerOptions };
}
