/**
 * Names by which a model ID tells who made the model. Families and makers as they stand in the
 * vendors' model lists and in engine/catalog/catalog.json, checked on 2026-11-24.
 */
export const MAKERS: readonly { readonly maker: string; readonly names: readonly string[] }[] = [
	{ maker: 'openai', names: ['openai', 'gpt', 'chatgpt', 'codex', 'o1', 'o3', 'o4'] },
	{ maker: 'anthropic', names: ['anthropic', 'claude'] },
	{ maker: 'google', names: ['google', 'gemini', 'gemma', 'palm'] },
	{
		maker: 'mistral',
		names: [
			'mistral',
			'mistralai',
			'mixtral',
			'ministral',
			'codestral',
			'magistral',
			'devstral',
			'pixtral',
			'voxtral',
		],
	},
	{ maker: 'meta', names: ['meta', 'llama'] },
	{ maker: 'deepseek', names: ['deepseek'] },
	{ maker: 'xai', names: ['xai', 'grok'] },
	{ maker: 'cohere', names: ['cohere', 'command', 'c4ai', 'aya'] },
	{ maker: 'alibaba', names: ['alibaba', 'qwen', 'qwq'] },
	{ maker: 'microsoft', names: ['microsoft', 'phi'] },
	{ maker: 'amazon', names: ['amazon', 'nova', 'titan'] },
	{ maker: 'ai21', names: ['ai21', 'jamba'] },
	{ maker: 'nvidia', names: ['nvidia', 'nemotron'] },
	{ maker: 'moonshot', names: ['moonshot', 'moonshotai', 'kimi'] },
	{ maker: 'zhipu', names: ['zhipu', 'zai', 'glm'] },
	{ maker: 'minimax', names: ['minimax'] },
	{ maker: 'ibm', names: ['ibm', 'granite'] },
];
