import type { INode, NodeExecutionHint } from 'n8n-workflow';
import {
	discardedCostUsd,
	EngineError,
	sumCostUsd,
	type AttemptRecord,
	type CacheStatus,
} from '../../engine/index';
import { modelWarnings } from './modelWarnings';

/** What one item adds to the summary of a run. */
export interface ItemFacts {
	readonly answers: ReadonlyArray<{ readonly cache: CacheStatus }>;
	readonly attempts: readonly AttemptRecord[];
	/** Absent: not known. */
	readonly costUsd?: number;
	/** US$ of the calls that gave no answer; absent: none, or not known. */
	readonly discardedCostUsd?: number;
	/** IDs of the models of vendors that could have been asked. */
	readonly modelIds?: readonly string[];
	/** Items or branches without an answer. */
	readonly failures: number;
	/** Sentences that the builder should see once for the run. */
	readonly warnings: readonly string[];
	/** Input fields that had to go. */
	readonly droppedKeys: readonly string[];
}

/** What a failed item adds: the calls that it made are paid all the same. */
export function failureFacts(error: unknown): ItemFacts {
	const trace = error instanceof EngineError ? error.trace : undefined;
	const attempts = trace?.attempts ?? [];
	return {
		answers: [],
		attempts,
		discardedCostUsd: discardedCostUsd(attempts, undefined),
		modelIds: attempts.map(({ model }) => model),
		...(trace === undefined ? { costUsd: 0 } : { costUsd: trace.costUsd }),
		failures: 1,
		warnings: trace?.warnings ?? [],
		droppedKeys: [],
	};
}

const MAX_WARNINGS = 5;

/** One line of summary above the output, and each warning once. */
export function runHints(facts: readonly ItemFacts[], node: INode): NodeExecutionHint[] {
	if (facts.length === 0) return [];
	const warnings = [
		...retryWarning(node),
		...droppedWarning(facts.flatMap(({ droppedKeys }) => droppedKeys)),
		...new Set(facts.flatMap((item) => item.warnings)),
		...modelWarnings(
			facts.flatMap(({ modelIds = [] }) => modelIds),
			answeredIds(facts),
		),
	];
	const left = warnings.length - MAX_WARNINGS;
	const listed = warnings.slice(0, MAX_WARNINGS);
	if (left > 0) listed.push(`${left} further ${left === 1 ? 'warning' : 'warnings'} in the items`);
	return [
		{ message: summary(facts), type: 'info', location: 'outputPane' },
		...listed.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
	];
}

function answeredIds(facts: readonly ItemFacts[]): ReadonlySet<string> {
	const attempts = facts.flatMap((item) => item.attempts);
	return new Set(attempts.flatMap(({ model, outcome }) => (outcome === 'ok' ? [model] : [])));
}

function summary(facts: readonly ItemFacts[]): string {
	const answers = facts.flatMap((item) => item.answers);
	const attempts = facts.flatMap((item) => item.attempts);
	const failures = facts.reduce((sum, item) => sum + item.failures, 0);
	const hits = answers.filter(({ cache }) => cache === 'hit').length;
	const joined = answers.filter(({ cache }) => cache === 'joined').length;
	const slowest = attempts
		.filter(({ outcome }) => outcome === 'ok')
		.reduce<
			AttemptRecord | undefined
		>((slow, attempt) => (slow && slow.latencyMs >= attempt.latencyMs ? slow : attempt), undefined);
	return [
		count(answers.length, 'answer'),
		count(attempts.length, 'call'),
		costText(facts),
		slowest && `slowest ${slowest.model} (${(slowest.latencyMs / 1000).toFixed(1)} s)`,
		failures > 0 && `${failures} failed`,
		joined > 0 && `${joined} shared the call of an identical item`,
		hits > 0 && `${hits} from the cache (Caching > Ask Again refreshes them)`,
	]
		.filter((part) => typeof part === 'string')
		.join(' · ');
}

function count(amount: number, noun: string): string {
	return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function costText(facts: readonly ItemFacts[]): string {
	const known = facts.flatMap(({ costUsd }) => (costUsd === undefined ? [] : [costUsd]));
	const unknown = facts.length - known.length;
	if (unknown === facts.length) return 'cost unknown';
	const sum = usd(sumCostUsd(known) ?? 0) + discardedText(facts);
	return unknown === 0 ? sum : `${sum} and an unknown cost of ${count(unknown, 'item')}`;
}

function discardedText(facts: readonly ItemFacts[]): string {
	const discarded = sumCostUsd(facts.map((item) => item.discardedCostUsd ?? 0)) ?? 0;
	return discarded === 0 ? '' : ` (${usd(discarded)} of it for calls that gave no answer)`;
}

/** US$ with three significant digits, never in exponents. */
function usd(costUsd: number): string {
	if (costUsd === 0) return '$0';
	const decimals = Math.min(12, Math.max(2, 2 - Math.floor(Math.log10(costUsd))));
	return `$${costUsd.toFixed(decimals)}`;
}

function retryWarning({ retryOnFail }: INode): string[] {
	return retryOnFail
		? [
				'Retry On Fail is on in the settings of this node: after a failure n8n runs all items again and you pay for them again. Turn it off; this node retries by itself (see Reliability).',
			]
		: [];
}

/** The sentence on input fields that had to go; none when all could stay. */
export function droppedWarning(droppedKeys: readonly string[]): string[] {
	const keys = [...new Set(droppedKeys)];
	if (keys.length === 0) return [];
	const reason = 'n8n would read it as a failure or as token usage of this node';
	return [
		`Input ${keys.length === 1 ? 'field' : 'fields'} ${keys.join(', ')} left out: ${reason}.`,
	];
}
