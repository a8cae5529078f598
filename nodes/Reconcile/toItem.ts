import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { DebateRecord, PanelOutcome, Reconciled } from '../../engine/index';
import { passThrough } from '../shared/passThrough';
import { plainCopy } from '../shared/plainCopy';
import type { Question } from './questions';

/** Keys that a run may leave unset; an input field of that name would read as this run's. */
const OPTIONAL_KEYS = [
	'analysis',
	'attempts',
	'confidence',
	'conflicts',
	'costUsd',
	'debate',
	'labels',
	'outliers',
	'rankings',
	'reason',
	'rejected',
	'spread',
	'verdicts',
	'warnings',
];

export interface Written {
	readonly item: INodeExecutionData;
	readonly droppedKeys: readonly string[];
}

/** What of the input goes into the output. */
export interface KeptInput {
	readonly fields: IDataObject;
	readonly binary?: INodeExecutionData['binary'];
}

/** The output item of one question. */
export function toItem(output: object, question: Question, kept: KeptInput | undefined): Written {
	const own = plainCopy(output);
	const { json, droppedKeys } =
		kept === undefined
			? { json: own, droppedKeys: [] }
			: passThrough(kept.fields, own, OPTIONAL_KEYS);
	return {
		item: {
			json,
			pairedItem: pairedItem(question),
			...(kept?.binary === undefined ? {} : { binary: kept.binary }),
		},
		droppedKeys,
	};
}

/** The answer and how far to trust it first: the table view shows columns in this order. */
export function outputOf(result: Reconciled, warnings: readonly string[]) {
	const { answer, agreement, confidence, method, winner, ...rest } = result;
	const { agreed: _agreed, votes, dissent, extraction, ...more } = rest;
	return {
		answer,
		agreement,
		...(confidence === undefined ? {} : { confidence }),
		method,
		winner,
		...more,
		votes,
		dissent,
		extraction,
		...(warnings.length === 0 ? {} : { warnings }),
	};
}

/** The same of a question that models decided, with every call of theirs. */
export function panelOutputOf(outcome: PanelOutcome, warnings: readonly string[]) {
	const { answer, agreement, method, winner, reason, votes, dissent, trace, debate } = outcome;
	const { analysis, labels, verdicts, rankings } = outcome;
	return {
		answer,
		agreement,
		method,
		winner,
		reason,
		...(analysis === undefined ? {} : { analysis }),
		votes,
		dissent,
		...(labels === undefined ? {} : { labels }),
		...(verdicts === undefined ? {} : { verdicts }),
		...(rankings === undefined ? {} : { rankings }),
		...(debate === undefined ? {} : { debate: debateOutputOf(debate) }),
		attempts: trace.attempts,
		costUsd: trace.costUsd ?? null,
		...(warnings.length === 0 ? {} : { warnings }),
	};
}

function debateOutputOf({ before, costBeforeUsd, costAfterUsd, ...debate }: DebateRecord) {
	const { answer, agreement } = before;
	return {
		...debate,
		before: { answer, agreement },
		costBeforeUsd: costBeforeUsd ?? null,
		costAfterUsd: costAfterUsd ?? null,
	};
}

/** What an agent gets: the answer, and how far to trust it. */
export function toToolItem(
	{ answer, agreement, dissent }: Pick<Reconciled, 'answer' | 'agreement' | 'dissent'>,
	question: Question,
): INodeExecutionData {
	return { json: plainCopy({ answer, agreement, dissent }), pairedItem: pairedItem(question) };
}

/** The items that a question came from, so that later nodes find their way back. */
export function pairedItem({ paired }: Question): INodeExecutionData['pairedItem'] {
	const [only] = paired;
	return paired.length === 1 && only !== undefined ? only : [...paired];
}
