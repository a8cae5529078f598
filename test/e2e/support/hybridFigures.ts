import * as z from 'zod/v4-mini';
import type { CallRecord } from '../../sandbox/index';
import type { ItemJson } from './executions';

const attemptsSchema = z.array(z.looseObject({ model: z.string() }));

/** What an item of the Router says about its calls. */
const routedSchema = z.looseObject({
	costUsd: z.nullable(z.number()),
	cache: z.string(),
	attempts: attemptsSchema,
});

/** What an item of the Fan-out says about its calls. */
const fannedOutSchema = z.looseObject({
	costUsd: z.nullable(z.number()),
	answers: z.array(
		z.looseObject({ model: z.string(), cache: z.string(), attempts: attemptsSchema }),
	),
});

/** What an item of Reconcile says about its own calls. */
const decidedSchema = z.looseObject({ attempts: z.optional(attemptsSchema) });

const reconciledSchema = z.looseObject({
	truth: z.string(),
	answer: z.unknown(),
	agreement: z.number(),
	votes: z.array(z.looseObject({ answer: z.unknown(), models: z.array(z.string()) })),
	answers: z.array(z.looseObject({ model: z.string() })),
});

/** The items that each node of the hybrid workflow put out. */
export interface HybridItems {
	readonly routed: readonly ItemJson[];
	readonly fannedOut: readonly ItemJson[];
	/** Both outputs of Reconcile. */
	readonly reconciled: readonly ItemJson[];
	readonly formatted: readonly ItemJson[];
}

export interface HybridFigures {
	readonly questions: number;
	/** Right answers of each model by itself. */
	readonly rightByModel: ReadonlyMap<string, number>;
	readonly rightTogether: number;
	/** Questions on which all models gave the same answer, and how many of those are right. */
	readonly unanimous: number;
	readonly unanimousRight: number;
	/** Mean share of the models behind the winner, 0-1. */
	readonly agreement: number;
	/** Absent when the price of any call is unknown. */
	readonly costUsd: number | undefined;
	/** Answers that cost no call, because the same request was answered before or under way. */
	readonly fromCache: number;
	/** Calls of each model, as the items tell. */
	readonly callsInTrails: ReadonlyMap<string, number>;
}

export function hybridFigures(items: HybridItems): HybridFigures {
	const routed = [...items.routed, ...items.formatted].map((json) => routedSchema.parse(json));
	const fannedOut = items.fannedOut.map((json) => fannedOutSchema.parse(json));
	const reconciled = items.reconciled.map((json) => reconciledSchema.parse(json));
	const models = new Set(reconciled.flatMap(({ answers }) => answers.map(({ model }) => model)));
	const unanimous = reconciled.filter(({ agreement }) => agreement === 1);
	const right = (item: (typeof reconciled)[number]) => isRight(item.answer, item.truth);
	const rightOf = (model: string) =>
		reconciled.filter(({ votes, truth }) =>
			votes.some((vote) => vote.models.includes(model) && isRight(vote.answer, truth)),
		).length;
	return {
		questions: reconciled.length,
		rightByModel: new Map([...models].map((model) => [model, rightOf(model)])),
		rightTogether: reconciled.filter(right).length,
		unanimous: unanimous.length,
		unanimousRight: unanimous.filter(right).length,
		agreement:
			reconciled.reduce((sum, { agreement }) => sum + agreement, 0) /
			Math.max(reconciled.length, 1),
		costUsd: [...routed, ...fannedOut].reduce<number | undefined>(
			(sum, { costUsd }) => (sum === undefined || costUsd === null ? undefined : sum + costUsd),
			0,
		),
		fromCache: [...routed, ...fannedOut.flatMap(({ answers }) => answers)].filter(({ cache }) =>
			['hit', 'joined'].includes(cache),
		).length,
		callsInTrails: callsInItems({
			routed: [...items.routed, ...items.formatted],
			fannedOut: items.fannedOut,
		}),
	};
}

/** Items by what put them out: each kind of node tells its calls in its own place. */
export interface AskingItems {
	readonly routed: readonly ItemJson[];
	readonly fannedOut: readonly ItemJson[];
	/** Tell calls only where models decide: judge, council, synthesis. */
	readonly reconciled?: readonly ItemJson[];
}

/** Calls of each model, as the items tell. */
export function callsInItems({
	routed,
	fannedOut,
	reconciled = [],
}: AskingItems): Map<string, number> {
	const trails = [
		...routed.flatMap((json) => routedSchema.parse(json).attempts),
		...fannedOut.flatMap((json) =>
			fannedOutSchema.parse(json).answers.flatMap(({ attempts }) => attempts),
		),
		...reconciled.flatMap((json) => decidedSchema.parse(json).attempts ?? []),
	];
	return countBy(trails.map(({ model }) => model));
}

/** Calls of each model, as the vendors saw them; lists of models do not count. */
export function callsInLog(calls: readonly CallRecord[]): Map<string, number> {
	return countBy(
		calls.flatMap(({ vendor, endpoint, model }) =>
			endpoint === 'models' || endpoint === 'model' || model === undefined
				? []
				: [`${vendor === 'compatible' ? 'openaiCompatible' : vendor}/${model}`],
		),
	);
}

/** Every model whose number of calls is not the same in both, as a sentence. */
export function differences(
	trails: ReadonlyMap<string, number>,
	log: ReadonlyMap<string, number>,
): string[] {
	return [...new Set([...trails.keys(), ...log.keys()])]
		.filter((model) => (trails.get(model) ?? 0) !== (log.get(model) ?? 0))
		.map(
			(model) =>
				`${model}: ${trails.get(model) ?? 0} calls in the items, ${log.get(model) ?? 0} at the vendor`,
		);
}

/** `$1,080.00` and `1080` are the same number. */
function isRight(answer: unknown, truth: string): boolean {
	const numberOf = (value: unknown) => Number(String(value).replace(/[$€£,%\s]/g, ''));
	return String(answer).trim() !== '' && numberOf(answer) === numberOf(truth);
}

function countBy(names: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
