import type { NodeExecutionHint } from 'n8n-workflow';
import type { Reconciled } from '../../engine/index';
import { droppedWarning } from '../shared/hints';

/** Of a decided question what the summary tells. */
export type ResultFacts = Pick<
	Reconciled,
	'agreed' | 'agreement' | 'winner' | 'votes' | 'dissent'
> & { readonly method: string };

/** What one question adds to the summary of a run. */
export type QuestionFacts =
	| {
			readonly result: ResultFacts;
			/** Calls of models and their cost; absent where none was asked. */
			readonly asked?: { readonly calls: number; readonly costUsd?: number };
			readonly droppedKeys: readonly string[];
			readonly warnings: readonly string[];
	  }
	| { readonly result?: undefined };

const MAX_NOTES = 5;

/** One line of summary above the output, and each note once. */
export function runHints(
	facts: readonly QuestionFacts[],
	notes: readonly string[],
): NodeExecutionHint[] {
	if (facts.length === 0) return [];
	const done = facts.flatMap((one) => (one.result === undefined ? [] : [one]));
	const results = done.map(({ result }) => result);
	const warnings = [
		...unreadable(results),
		...droppedWarning(done.flatMap(({ droppedKeys }) => droppedKeys)),
		...new Set(done.flatMap((one) => one.warnings)),
	];
	const left = warnings.length - MAX_NOTES;
	const listed = warnings.slice(0, MAX_NOTES);
	if (left > 0) listed.push(`${left} further ${left === 1 ? 'warning' : 'warnings'} in the items`);
	return [
		...[
			summary(results, facts.length - done.length),
			...callsOf(done.flatMap(({ asked }) => asked ?? [])),
			...notes,
			...ties(results),
			...oneVendor(results),
		].map((message) => ({ message, type: 'info', location: 'outputPane' }) as const),
		...listed.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
	];
}

function summary(results: readonly ResultFacts[], failed: number): string {
	const agreed = results.filter((result) => result.agreed).length;
	const mean = results.reduce((sum, { agreement }) => sum + agreement, 0) / results.length;
	return [
		count(results.length + failed, 'question'),
		`${agreed} agreed`,
		`${results.length - agreed} disagreed`,
		results.length > 0 && `mean agreement ${Math.round(mean * 100)} %`,
		failed > 0 && `${failed} failed`,
	]
		.filter((part) => typeof part === 'string')
		.join(' · ');
}

/** What the models of the node itself were asked and cost. */
function callsOf(
	asked: readonly { readonly calls: number; readonly costUsd?: number }[],
): string[] {
	if (asked.length === 0) return [];
	const calls = asked.reduce((sum, one) => sum + one.calls, 0);
	const known = asked.flatMap(({ costUsd }) => (costUsd === undefined ? [] : [costUsd]));
	const cost =
		known.length === asked.length
			? `$${known.reduce((sum, usd) => sum + usd, 0).toFixed(6)}`
			: 'cost unknown';
	return [`${count(calls, 'call')} of judges, members or writers · ${cost}`];
}

function count(amount: number, noun: string): string {
	return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** What was learnt, and what could not be. */
export function learningHints(summary: string, notes: readonly string[]): NodeExecutionHint[] {
	const left = notes.length - MAX_NOTES;
	const listed = notes.slice(0, MAX_NOTES);
	if (left > 0) listed.push(`${left} further ${left === 1 ? 'warning' : 'warnings'}`);
	return [
		{ message: summary, type: 'info', location: 'outputPane' },
		...listed.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
	];
}

/** Different models of one vendor learnt alike; several answers of one model are meant so. */
function oneVendor(results: readonly ResultFacts[]): string[] {
	const models = new Set(
		results.flatMap(({ winner, dissent }) => [...winner, ...namesOf(dissent)]),
	);
	const vendors = new Set([...models].map((model) => /^([\w-]+)\/./.exec(model)?.[1]));
	const [vendor] = vendors;
	if (models.size < 2 || vendors.size > 1 || vendor === undefined) return [];
	return [
		`All answers come from models of one vendor (${vendor}), which tend to make the same mistakes: agreement says less than with models of several.`,
	];
}

function namesOf(dissent: Reconciled['dissent']): string[] {
	return dissent.map(({ model }) => model);
}

function ties(results: readonly ResultFacts[]): string[] {
	const tied = results.filter(
		({ method, votes: [first, second] }) =>
			(method === 'majority' || method === 'weighted') &&
			first !== undefined &&
			first.weight === second?.weight,
	);
	if (tied.length === 0) return [];
	const isEven = tied.some(({ winner, dissent }) => (winner.length + dissent.length) % 2 === 0);
	const wayOut = isEven ? ' An odd number of voters ties less often.' : '';
	return [`${count(tied.length, 'question')} ended in a tie and went to Disagreed.${wayOut}`];
}

function unreadable(results: readonly ResultFacts[]): string[] {
	const blank = results.flatMap(({ dissent }) => dissent).filter(({ answer }) => answer === null);
	if (blank.length === 0) return [];
	const models = [...new Set(blank.map(({ model }) => model))].slice(0, MAX_NOTES).join(', ');
	return [
		`${count(blank.length, 'answer')} could not be read and counted as an abstention (${models}): see dissent, or choose another Extract.`,
	];
}
