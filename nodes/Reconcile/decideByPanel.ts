import type { IDataObject } from 'n8n-workflow';
import {
	askPanel,
	PANEL_METHODS,
	reconcile,
	sumCostUsd,
	type AnswerIn,
	type PanelMethod,
	type PanelOutcome,
	type Reconciled,
	type ReconcileOptions,
} from '../../engine/index';
import type { Prepared } from './decide';
import { PANEL_METHOD_OPTIONS } from './panelFields';
import type { ReadParameter } from './parameterReader';
import { plansFor, type Panelists } from './readPanelists';

/** What models have to do for a question; absent parts: nothing. */
export interface PanelWork {
	readonly method?: PanelMethod;
	readonly debate: boolean;
	/** How messages name it. */
	readonly label: string;
}

/** What models have to do for a question; `undefined` where no model is asked. */
export function panelWork(
	read: ReadParameter,
	itemIndex: number,
	asTool: boolean,
): PanelWork | undefined {
	const given = read('method', itemIndex);
	const method = PANEL_METHODS.find((one) => one === given);
	const debate = !asTool && read('debate', itemIndex) === true;
	if (method === undefined && !debate) return undefined;
	const named = PANEL_METHOD_OPTIONS.find(({ value }) => value === method)?.name;
	return {
		debate,
		label: named ?? 'Debate Round',
		...(method === undefined ? {} : { method }),
	};
}

/** Decides one question by asking models. */
export async function decideByPanel(
	{ answers, options }: Prepared,
	{ method, debate }: PanelWork,
	panelists: Panelists,
	sources: readonly IDataObject[],
): Promise<PanelOutcome> {
	const { question, members, options: panelOptions, seed, deadlineMs, run, maxCostUsd } = panelists;
	const spentUsd = sumCostUsd(
		sources.map(({ costUsd }) => (typeof costUsd === 'number' ? costUsd : undefined)),
	);
	return await askPanel(
		{
			question,
			answers,
			...(method === undefined ? {} : { method }),
			...(debate ? { debaters: members } : {}),
		},
		{
			plans: method === undefined ? members : plansFor(method, panelists),
			options: panelOptions,
			fallback: (given) => vote(given, options, method),
			seed,
			deadlineMs,
			...(maxCostUsd === undefined ? {} : { maxCostUsd }),
			...(spentUsd === undefined ? {} : { spentUsd }),
		},
		run,
	);
}

/**
 * The method of the node where it asks no model. Beside one that does: the majority, or, of texts
 * that are all different, the one that the others support most.
 */
function vote(
	answers: readonly AnswerIn[],
	options: ReconcileOptions,
	method: PanelMethod | undefined,
): Reconciled {
	const counted = reconcile(answers, options);
	if (method === undefined) return counted;
	const isFreeText =
		counted.extraction.used === 'wholeText' && counted.votes.length === answers.length;
	return isFreeText ? reconcile(answers, { ...options, method: 'supported' }) : counted;
}
