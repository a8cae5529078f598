import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../sandbox/index';
import type { Answered, Asked, Caller } from './caller';
import { judge, type Judged } from './judge';
import { OUTAGE, SCENARIOS, type Scenario, type Seen, type Truth } from './scenario';
import { askDirectly } from './truth';

/** A model of the suite: how the caller names it, and how its vendor answers. */
export interface SuiteModel {
	/** `provider/` of the caller's name, or nothing where it uses the vendor's own. */
	readonly prefix: string;
	readonly id: string;
	/** As `callOf` finds it. */
	readonly call: string;
}

export interface SuiteParts {
	readonly sandbox: Sandbox;
	readonly caller: Caller;
	readonly first: SuiteModel;
	readonly second: SuiteModel;
	/** Whom an answer is told to be by: the candidate, or the vendor's own snapshot. */
	readonly modelName: (model: SuiteModel, asked: string) => string;
	/** Tells this run's models from those of another in the same log. */
	readonly tag: string;
	/** Settings of the scenario that the caller takes. */
	readonly settings: (scenario: Scenario) => Partial<Asked>;
}

export interface Row extends Judged {
	readonly scenario: Scenario;
	readonly tookMs: number;
	readonly firstCalls: number;
	readonly secondCalls: number;
}

/** All scenarios at once: each has models of its own. */
export async function runSuite(parts: SuiteParts, scenarios = SCENARIOS): Promise<Row[]> {
	return await Promise.all(
		scenarios.map(async (scenario) =>
			scenario.id === 'S15' ? await outage(scenario, parts) : await once(scenario, parts),
		),
	);
}

async function once(scenario: Scenario, parts: SuiteParts): Promise<Row> {
	const asked = askedOf(scenario, parts, `Tell me about the number ${scenario.id}.`);
	const seen = await askAndSee(asked, parts);
	return { ...rowOf(scenario, [seen]), ...judge(scenario, seen, await truthsOf(asked, parts)) };
}

/** Requests through an outage, then until the first model is back; the worst of them counts. */
async function outage(scenario: Scenario, parts: SuiteParts): Promise<Row> {
	const asked = askedOf(scenario, parts, 'Tell me about the sea.');
	const truths = await truthsOf(asked, parts);
	const { during, backMs } = await throughOutage(asked, parts, truths.first.text);
	const judged = during.map((seen) =>
		// Later requests may leave a model alone that is known to be down.
		judge({ ...scenario, maxCalls: Infinity }, withSomeCall(seen), truths),
	);
	const served = judged.filter(({ verdict }) => verdict === 'pass').length;
	const notServed = judged.find(({ verdict }) => verdict !== 'pass');
	const why = [
		served === OUTAGE.requests
			? ''
			: `${served} of ${OUTAGE.requests} served: ${notServed?.why.join(', ') ?? ''}`,
		backMs === undefined ? `not back ${OUTAGE.backWithinMs / 1000} s after the outage` : '',
	].filter((one) => one !== '');
	const failed = judged.some(({ verdict }) => verdict === 'fail');
	const unserved = judged.some(({ verdict }) => verdict === 'safe');
	return {
		...rowOf(scenario, during),
		tookMs: Math.max(...during.map(({ tookMs }) => tookMs)),
		verdict: failed ? 'fail' : unserved ? 'safe' : why.length > 0 ? 'partial' : 'pass',
		why: [...why, ...(backMs === undefined ? [] : [`back after ${(backMs / 1000).toFixed(1)} s`])],
	};
}

export interface ThroughOutage {
	readonly during: ReadonlyArray<Seen & Pick<Answered, 'attempts'>>;
	/** How long after its end the model answered again; absent when it did not. */
	readonly backMs?: number;
}

/** @param text what the model that was down says when it is back */
export async function throughOutage(
	asked: Asked,
	parts: Pick<SuiteParts, 'caller' | 'sandbox' | 'first' | 'second'>,
	text: string,
): Promise<ThroughOutage> {
	await parts.caller.prepare?.(asked);
	const startedAtMs = Date.now();
	const during = await Promise.all(
		Array.from({ length: OUTAGE.requests }, async (_, index) => {
			await sleep(index * OUTAGE.everyMs);
			return await askAndSee(asked, parts);
		}),
	);
	await sleep(Math.max(0, startedAtMs + OUTAGE.seconds * 1000 - Date.now()));
	const overAtMs = Date.now();
	while (Date.now() - overAtMs <= OUTAGE.backWithinMs) {
		const { received } = await askAndSee(asked, parts);
		const isBack = received.kind === 'answer' && received.text === text;
		if (isBack) return { during, backMs: Date.now() - overAtMs };
		await sleep(1_000);
	}
	return { during };
}

function withSomeCall(seen: Seen): Seen {
	return seen.first.length > 0 ? seen : { ...seen, first: seen.second };
}

/** The models of a scenario, with their faults in their names. */
export function askedOf(scenario: Scenario, parts: SuiteParts, prompt: string): Asked {
	const { first, second, tag } = parts;
	const own = `--tag-${tag}${scenario.id}`;
	return {
		prompt,
		first: `${first.prefix}${first.id}${scenario.fault}${own}`,
		second: `${second.prefix}${second.id}${scenario.backup ?? ''}${own}`,
		...parts.settings(scenario),
	};
}

export async function askAndSee(
	asked: Asked,
	{ caller, sandbox, first, second }: Pick<SuiteParts, 'caller' | 'sandbox' | 'first' | 'second'>,
): Promise<Seen & Pick<Answered, 'attempts'>> {
	await caller.prepare?.(asked);
	const askedAtMs = Date.now();
	const { received, attempts } = await caller.ask(asked).catch((error: unknown): Answered => {
		const message = error instanceof Error ? error.message : String(error);
		return { received: { kind: 'nothing', message } };
	});
	const tookMs = Date.now() - askedAtMs;
	// The vendor's side notices a moment later that nobody listens any more.
	await sleep(100);
	const calls = (name = '', { prefix }: SuiteModel) =>
		sandbox.calls().filter(({ model, startedAtMs }) => {
			return model === name.slice(prefix.length) && startedAtMs >= askedAtMs;
		});
	return {
		received,
		tookMs,
		askedAtMs,
		first: calls(asked.first, first),
		second: calls(asked.second, second),
		...(attempts === undefined ? {} : { attempts }),
	};
}

export async function truthsOf(
	asked: Asked,
	{ sandbox, first, second, modelName }: SuiteParts,
): Promise<{ first: Truth; second: Truth }> {
	const truthOf = async (model: SuiteModel, name: string): Promise<Truth> => ({
		...(await askDirectly(sandbox.url, model.call, model.id, asked.prompt)),
		model: modelName(model, name),
	});
	return {
		first: await truthOf(first, asked.first),
		second: await truthOf(second, asked.second ?? ''),
	};
}

function rowOf(scenario: Scenario, seen: readonly Seen[]): Omit<Row, keyof Judged> {
	const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
	return {
		scenario,
		tookMs: sum(seen.map(({ tookMs }) => tookMs)),
		firstCalls: sum(seen.map(({ first }) => first.length)),
		secondCalls: sum(seen.map(({ second }) => second.length)),
	};
}
