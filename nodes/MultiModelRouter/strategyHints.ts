import type { NodeHint } from 'n8n-workflow';

const ROWS = '($parameter.candidates?.values || [])';
const MODELS = `(($parameter.connectedModels || 0) + ${ROWS}.length)`;
const TIERED = `${ROWS}.filter((row) => row.settings?.tier)`;
const IN_STEPS = '["auto", "cascade", "consensus"].includes($parameter.strategy)';

const hint = (condition: string, message: string, type: 'info' | 'warning' = 'warning') =>
	({
		message,
		type,
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ ${condition} }}`,
	}) satisfies NodeHint;

/** Where a strategy cannot do what it promises with what is configured. */
export const STRATEGY_HINTS: NodeHint[] = [
	hint(
		`$parameter.strategy === "weighted" && ${MODELS} > 1 && !${ROWS}.some((row) => row.settings?.weight !== undefined)`,
		'Weighted shares the requests equally until the models have a Weight under Models > Settings.',
		'info',
	),
	hint(
		`["weighted", "cheapest", "fastest", "leastBusy"].includes($parameter.strategy) && ${MODELS} === 1`,
		'This strategy chooses between models, and only one is listed. Add a second one under Models.',
	),
	hint(
		`$parameter.strategy === "cheapest" && ${ROWS}.some((row) => String(row.model?.value ?? row.model ?? "").match(/^(local|openaiCompatible|connected)\\//) && row.settings?.inputPriceUsd === undefined)`,
		'Cheapest needs a price for each model: set Input Price and Output Price in the settings of local and compatible models, or they are asked last.',
	),
	hint(
		`["auto", "cascade"].includes($parameter.strategy) && ${MODELS} < 2`,
		'This strategy needs a fast and a strong model. Add one under Models.',
	),
	hint(
		`$parameter.strategy === "consensus" && ${MODELS} < 3`,
		'Consensus needs at least two fast models and a strong one. Add one under Models.',
	),
	hint(
		`${IN_STEPS} && ${TIERED}.length > 0 && ${TIERED}.length < ${ROWS}.length`,
		'Tier is set for some models only. Set it under Models > Settings for every model, or for none: then the dearest is the strong one.',
	),
	hint(
		`${IN_STEPS} && ${ROWS}.length > 0 && ${TIERED}.length === ${ROWS}.length && new Set(${TIERED}.map((row) => row.settings.tier)).size === 1`,
		'All models have the same tier. Set Tier under Models > Settings to Fast for some and to Strong for others.',
	),
	hint(
		'$parameter.strategy === "rules" && ($parameter.rules?.values || []).length === 0',
		'There is no rule yet. Add one under Rules.',
	),
	hint(
		'$parameter.strategy === "cascade" && Object.keys($parameter.cascade || {}).length === 0 && $parameter.outputFormat !== "json"',
		'Without a test under Accept When only answers that decline or hedge are escalated. Add a test that tells a good answer from a bad one.',
		'info',
	),
];
