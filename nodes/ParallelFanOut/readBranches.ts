import type { IExecuteFunctions } from 'n8n-workflow';
import {
	branchRequest,
	branchSettingsSchema,
	type Branch,
	type BranchSettings,
	type Candidate,
	type ChatRequest,
	type OwnWords,
	type SkipRecord,
} from '../../engine/index';
import { readNamed, readRows, type CandidateRow } from '../shared/candidateRows';
import { readCandidates, type CandidateSources, type Listed } from '../shared/candidates';
import { fieldReader } from '../shared/fieldReader';
import { planOf } from '../shared/planOf';
import { readOptions } from '../shared/readOptions';
import type { Policies } from '../shared/readPolicies';
import { readSettings } from '../shared/readSettings';
import { BRANCH_FIELDS, DISTINCT_FIELDS } from './branchFields';
import { backupsOf, type BackupRow } from './backups';

/** A branch whose request is not complete yet. */
export interface BranchDraft extends Omit<Branch, 'request'> {
	readonly words: OwnWords;
}

const OWN_NAMES = BRANCH_FIELDS.map(({ name }) => name);

/**
 * Reads the branches of one item: one for each row of the list, or several samples of it. One that
 * cannot be asked keeps its place, with the reason.
 *
 * @throws {EngineError} when a setting is wrong or nobody in the list can be asked
 */
export async function readBranches(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	sources: CandidateSources,
	policies: Policies,
	workflowId: string,
): Promise<BranchDraft[]> {
	const rows = readRows(fieldReader(context, itemIndex)('candidates'));
	const named = rows.flatMap((row) => backupRow(row, settingsOf(row)) ?? []);
	const all = await readCandidates(context, itemIndex, sources, OWN_NAMES, named, DISTINCT_FIELDS);
	const listed = all.filter(({ isExtra }) => !isExtra).map(asBackupRow);
	const backups = backupsOf(listed, all);
	return listed.flatMap((one, index) => {
		const backup = backups[index];
		const candidates = [one.candidate, backup?.candidate].filter((found) => found !== undefined);
		const skipped = [one.skip, backup?.skip].filter((found) => found !== undefined);
		return samplesOf(one, candidates, skipped, policies, workflowId);
	});
}

/** The branches with what each of them is asked. */
export function withRequest(drafts: readonly BranchDraft[], request: ChatRequest): Branch[] {
	// Samples share their request.
	const requests = new Map<OwnWords, ChatRequest>();
	return drafts.map(({ words, ...draft }) => {
		const own = requests.get(words) ?? branchRequest(request, words);
		requests.set(words, own);
		return { ...draft, request: own };
	});
}

interface Row extends BackupRow {
	readonly settings: BranchSettings;
}

function asBackupRow(listed: Listed): Row {
	const { row } = listed;
	const settings = settingsOf(row);
	const wanted = backupRow(row, settings);
	return {
		row,
		settings,
		...('candidate' in listed ? { candidate: listed.candidate } : { skip: listed.skip }),
		...(wanted === undefined ? {} : { wanted }),
		modelSettings: readSettings(row.label, row.settings, OWN_NAMES).settings,
	};
}

function settingsOf({ label, settings }: CandidateRow): BranchSettings {
	const given = Object.entries((settings ?? {}) as object).filter(([name]) =>
		OWN_NAMES.includes(name),
	);
	return readOptions(
		`${label} > Settings`,
		Object.fromEntries(given),
		BRANCH_FIELDS,
		branchSettingsSchema,
	);
}

function backupRow(
	{ label }: CandidateRow,
	{ backupModel }: BranchSettings,
): CandidateRow | undefined {
	const id = filled(backupModel);
	return id === undefined ? undefined : readNamed(`${label} > Settings: Backup Model`, id)[0];
}

function samplesOf(
	{ row, settings }: Row,
	candidates: readonly Candidate[],
	skipped: readonly SkipRecord[],
	policies: Policies,
	workflowId: string,
): BranchDraft[] {
	const { samples } = settings;
	const label = filled(settings.label) ?? row.id;
	const prompt = filled(settings.prompt);
	const perspective = filled(settings.perspective);
	const words = {
		...(prompt === undefined ? {} : { prompt }),
		...(perspective === undefined ? {} : { perspective }),
	};
	return Array.from({ length: samples }, (_, index) => {
		const plan = planOf(
			candidates.map((candidate) => otherSeed(candidate, index)),
			skipped,
			policies,
			workflowId,
		);
		return {
			kind: 'text',
			label: samples === 1 ? label : `${label} #${index + 1}`,
			words,
			// The first sample is the answer that one without samples gives.
			plan:
				index === 0 ? plan : { ...plan, cache: { ...plan.cache, variant: `sample ${index + 1}` } },
		};
	});
}

/** The same seed would give the same answer again. */
function otherSeed(candidate: Candidate, sample: number): Candidate {
	const { settings } = candidate;
	if (settings.seed === undefined) return candidate;
	return { ...candidate, settings: { ...settings, seed: settings.seed + sample } };
}

function filled(text: string | undefined): string | undefined {
	const trimmed = text?.trim() ?? '';
	return trimmed === '' ? undefined : trimmed;
}
