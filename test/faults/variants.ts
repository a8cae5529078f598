import type { CallRecord } from '../sandbox/index';
import type { Asked, Told } from './caller';
import { DOWN, EXPECTED, VARIANTS, type Expected, type Variant } from './expected';
import { BASELINE, OUTAGE, SCENARIOS, type Scenario, type Seen } from './scenario';
import { askAndSee, throughOutage, type SuiteParts } from './suite';
import { askDirectly } from './truth';

export interface VariantRow {
	readonly id: string;
	readonly title: string;
	readonly variant: Variant;
	readonly tookMs: number;
	/** As the trail tells it: `rate-limit, ok`. */
	readonly faulty: string;
	readonly other: string;
	readonly ended: string;
	/** Where reality differs from the table; empty when it does not. */
	readonly wrong: readonly string[];
}

/** All scenarios without a healthy backup, at once. */
export async function runVariants(parts: SuiteParts): Promise<VariantRow[]> {
	const outages = VARIANTS.map(async (variant) => await runOutage(variant, parts));
	const rows = await Promise.all(
		EXPECTED.flatMap((expected) => {
			const scenario = SCENARIOS.find(({ id }) => id === expected.id);
			if (scenario === undefined) throw new Error(`No scenario ${expected.id}`);
			return VARIANTS.map(async (variant) => await runVariant(scenario, expected, variant, parts));
		}),
	);
	return [...rows, ...(await Promise.all(outages))].sort((one, other) =>
		one.id.localeCompare(other.id),
	);
}

const FAULTY_FIRST: Readonly<Record<Variant, boolean>> = {
	'backup down': true,
	single: true,
	'second vendor': false,
};

async function runVariant(
	scenario: Scenario,
	expected: Expected,
	variant: Variant,
	parts: SuiteParts,
): Promise<VariantRow> {
	const { first, second } = parts;
	const own = `--tag-${scenario.id}${variant.replace(/ /g, '')}`;
	const isFirst = FAULTY_FIRST[variant];
	const named = (model: typeof first, fault: string) => `${model.prefix}${model.id}${fault}${own}`;
	const asked: Asked = {
		prompt: `Tell me about ${scenario.id}.`,
		first: named(first, isFirst ? scenario.fault : '--fault-503'),
		...(variant === 'single'
			? {}
			: { second: named(second, isFirst ? '--fault-503' : scenario.fault) }),
		// A hedge needs somebody to hedge with.
		...(variant === 'single' ? {} : parts.settings(scenario)),
	};
	const seen = await askAndSee(asked, parts);
	const { attempts = [] } = seen;
	const [faultyName = '', otherName = ''] = isFirst
		? [asked.first, asked.second]
		: [asked.second, asked.first];
	const outcomesOf = (name: string) =>
		attempts.filter(({ model }) => model === name).map(({ outcome }) => outcome);
	const faulty = outcomesOf(faultyName);
	const other = outcomesOf(otherName);
	const otherDown = otherOutcomes(variant, expected);
	const calls = isFirst ? seen.first : seen.second;
	return {
		id: scenario.id,
		title: scenario.title,
		variant,
		tookMs: seen.tookMs,
		faulty: faulty.join(', '),
		other: other.join(', '),
		ended: seen.received.kind,
		wrong: [
			...differs('the faulty model', faulty, expected.outcomes),
			...differs('the other model', other, otherDown),
			...wrongEnd(
				seen,
				expected,
				[faultyName, otherName].filter((name) => name !== ''),
			),
			...wrongPause(calls, expected),
			...wrongTrail(attempts, [...seen.first, ...seen.second]),
			...(calls.length > 0 && seen.tookMs < (expected.atLeastMs ?? 0)
				? [`took ${seen.tookMs} ms, expected at least ${expected.atLeastMs}`]
				: []),
		],
	};
}

function otherOutcomes(variant: Variant, { keepsItsTurn, hedged }: Expected): readonly string[] {
	if (variant === 'single') return [];
	if (variant === 'second vendor') return DOWN;
	return keepsItsTurn ? [] : (hedged ?? DOWN);
}

/** The outage with nobody to step in: each request ends, in an error that says so, and it comes back. */
async function runOutage(variant: Variant, parts: SuiteParts): Promise<VariantRow> {
	const { first, second, sandbox } = parts;
	const own = `--tag-S15${variant.replace(/ /g, '')}`;
	const isFirst = FAULTY_FIRST[variant];
	const [faulty, other] = isFirst ? [first, second] : [second, first];
	const down = `${faulty.prefix}${faulty.id}--fault-503--for-${OUTAGE.seconds}${own}`;
	const dead = `${other.prefix}${other.id}--fault-503${own}`;
	const asked: Asked = {
		prompt: 'Tell me about the sea.',
		first: isFirst ? down : dead,
		...(variant === 'single' ? {} : { second: isFirst ? dead : down }),
	};
	const { text } = await askDirectly(sandbox.url, faulty.call, faulty.id, asked.prompt);
	const { during, backMs } = await throughOutage(asked, parts, text);
	const outcomes = during.flatMap(({ attempts = [] }) =>
		attempts.filter(({ model }) => model === down).map(({ outcome }) => outcome),
	);
	const answered = during.filter(({ received }) => received.kind === 'answer').length;
	const silent = during.filter(({ received }) => received.kind === 'nothing');
	const most = Math.max(
		...during.map(({ attempts = [] }) => attempts.filter(({ model }) => model === down).length),
	);
	return {
		id: 'S15',
		title: `outage of ${OUTAGE.seconds} s, ${OUTAGE.requests} requests`,
		variant,
		tookMs: Math.max(...during.map(({ tookMs }) => tookMs)),
		faulty: `overloaded × ${outcomes.filter((one) => one === 'overloaded').length}, ok × ${outcomes.filter((one) => one === 'ok').length}`,
		other: variant === 'single' ? '' : 'overloaded',
		ended: `${during.length - answered - silent.length} errors, ${answered} answers; back after ${backMs === undefined ? '–' : (backMs / 1000).toFixed(1)} s`,
		wrong: [
			...(silent.length === 0 ? [] : [`${silent.length} requests ended without a word`]),
			...(most <= 1 + BASELINE.maxRetries ? [] : [`${most} calls for one request`]),
			...(backMs === undefined ? [`not back ${OUTAGE.backWithinMs / 1000} s after it`] : []),
		],
	};
}

function differs(what: string, got: readonly string[], expected: readonly string[]): string[] {
	const same = got.join() === expected.join();
	return same ? [] : [`${what}: ${got.join(', ') || 'no call'}; expected ${expected.join(', ')}`];
}

/** An answer where the faulty model recovers; else an error that names each model and its failure. */
function wrongEnd({ received }: Seen, { outcomes }: Expected, models: readonly string[]): string[] {
	if (outcomes.at(-1) === 'ok') {
		return received.kind === 'answer' ? [] : [`no answer: ${received.message.slice(0, 100)}`];
	}
	if (received.kind !== 'error') return [`ended with ${received.kind} instead of an error`];
	const kind = outcomes.at(-1) ?? '';
	const missing = [kind, ...models].filter((word) => !received.message.includes(word));
	return missing.map((word) => `the error does not name ${word}`);
}

function wrongPause(calls: readonly CallRecord[], { pauseMs }: Expected): string[] {
	const [one, two] = calls;
	if (pauseMs === undefined || one?.endedAtMs === undefined || two === undefined) return [];
	const gapMs = two.startedAtMs - one.endedAtMs;
	return gapMs >= pauseMs - 5 ? [] : [`called again after ${gapMs} ms, asked to wait ${pauseMs}`];
}

/** The trail tells of each call that a vendor saw, and of no other. */
function wrongTrail(attempts: readonly Told[], calls: readonly CallRecord[]): string[] {
	const log = [...calls].sort((one, other) => one.startedAtMs - other.startedAtMs);
	const told = attempts.map(({ model }) => model.slice(model.indexOf('/') + 1));
	const seen = log.map(({ model = '' }) => model);
	if (told.join() !== seen.join()) return [`trail ${told.join()} but log ${seen.join()}`];
	return attempts.flatMap(({ status, outcome }, index) => {
		const call = log[index];
		const differing = status !== undefined && status !== call?.status;
		const unnoticed = outcome === 'timeout' && call?.aborted !== true;
		return [
			...(differing
				? [`call ${index + 1}: status ${status}, the vendor sent ${call?.status}`]
				: []),
			...(unnoticed ? [`call ${index + 1} was given up, but its vendor still works on it`] : []),
		];
	});
}
