import { MODELS_DEV, PROVIDERS } from './sources.mjs';

/** 0 stands for "not stated" everywhere but in the input and output price. */
const stated = (priceUsd) => (priceUsd > 0 ? priceUsd : undefined);

const prices = (cost) => ({
	inputUsd: cost.input,
	outputUsd: cost.output,
	cachedInputUsd: stated(cost.cacheRead),
	cacheWriteUsd: stated(cost.cacheWrite),
});

const toFacts = (provider, model) => ({
	provider,
	model: model.id,
	// 0 for both is a price only where the name says so; else it stands for "not known".
	pricing:
		model.cost.input === 0 && model.cost.output === 0 && !model.id.endsWith(':free')
			? undefined
			: {
					...prices(model.cost),
					tiers: (model.cost.tiers ?? []).map((tier) => ({
						aboveInputTokens: tier.inputTokensAbove,
						...prices(tier),
					})),
				},
	contextWindowTokens: model.contextWindow,
	maxOutputTokens: model.maxTokens,
	inputs: model.input,
	// The source lists chat models only if they can call tools (its README).
	supportsTools: true,
	supportsReasoning: model.reasoning,
});

/** Chat models by `provider/model`. Batch offers and floating names of OpenRouter are left out. */
export function readModelsDev(files) {
	const manifest = JSON.parse(files.get('dist/providers/data/.manifest.json').toString('utf8'));
	if (!manifest.generatedAt.startsWith(MODELS_DEV.checkedOn)) {
		throw new Error(`${MODELS_DEV.name} holds data of ${manifest.generatedAt}: set checkedOn`);
	}
	const facts = PROVIDERS.filter(({ modelsDev }) => modelsDev).flatMap(({ id, modelsDev }) => {
		const byApi = JSON.parse(files.get(`dist/providers/data/${modelsDev}.json`).toString('utf8'));
		return Object.values(byApi)
			.flatMap((models) => Object.values(models))
			.filter(({ type }) => type === 'chat')
			.filter((model) => !/^~|:batch$/.test(model.id))
			.map((model) => toFacts(id, model));
	});
	return new Map(facts.map((row) => [`${row.provider}/${row.model}`, row]));
}
