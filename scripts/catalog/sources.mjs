/**
 * The packages that the catalogue is made of, pinned by version and content. To refresh the
 * catalogue: raise the versions here (`npm view <name> dist.integrity`), run `npm run catalog`,
 * read its report and the difference of `catalog.json`.
 */

/** models.dev's data, collected per vendor; MIT. Newer and wider, knows windows and modalities. */
export const MODELS_DEV = {
	name: '@earendil-works/pi-ai',
	version: '1.5.2',
	integrity:
		'sha512-2tWPSnV3qzfiDIY3aWluBag3vC++Vs+VsXt/UquSU5onPMohPih72FUhIhaqmDdMYubOgB3Byl9uF4Vk40JLvQ==',
	/** `generatedAt` of the package's data. */
	checkedOn: '2026-11-10',
	label: 'models.dev, by @earendil-works/pi-ai 1.5.2',
};

/** Prices with the vendors' pages as references; MIT. Knows older models, aliases and price dates. */
export const GENAI_PRICES = {
	name: '@pydantic/genai-prices',
	version: '0.1.8',
	integrity:
		'sha512-h7CYw6qTyflG2zUndO8tXyL8Xopf+tX9JZu13h0ZFgeyYj+J2gm1edR4+R+mbQ2vPdkFjtTmmmu1cYQPM5/KTA==',
	/** Day of publication. */
	checkedOn: '2026-09-23',
	label: '@pydantic/genai-prices 0.1.8',
};

/**
 * Our provider names, with those of the two sources. `resold`: genai-prices names the models there
 * in other words than the seller does, so it only serves to compare prices.
 */
export const PROVIDERS = [
	{ id: 'openai', modelsDev: 'openai', genaiPrices: 'openai' },
	{ id: 'anthropic', modelsDev: 'anthropic', genaiPrices: 'anthropic' },
	{ id: 'google', modelsDev: 'google', genaiPrices: 'google' },
	{ id: 'azure', modelsDev: 'azure', genaiPrices: 'azure', resold: true },
	{ id: 'bedrock', modelsDev: 'amazon-bedrock', genaiPrices: 'aws', resold: true },
	{ id: 'mistral', modelsDev: 'mistral', genaiPrices: 'mistral' },
	{ id: 'groq', modelsDev: 'groq', genaiPrices: 'groq' },
	{ id: 'deepseek', modelsDev: 'deepseek', genaiPrices: 'deepseek' },
	{ id: 'xai', modelsDev: 'xai', genaiPrices: 'x-ai' },
	{ id: 'cohere', genaiPrices: 'cohere' },
	{ id: 'openrouter', modelsDev: 'openrouter', genaiPrices: 'openrouter', resold: true },
];
