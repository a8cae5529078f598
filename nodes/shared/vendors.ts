import type { ProviderId } from '../../engine/index';

/** How one vendor appears in the nodes. */
export interface VendorFace {
	/** Shown to the builder. */
	readonly name: string;
	readonly description: string;
	/** Absent for vendors that need no key. */
	readonly credentialType?: string;
	/** Used when the credential leaves its address empty; absent where there is no usual one. */
	readonly baseUrl?: string;
	/** Appended to an address that has no path; absent where servers differ. */
	readonly versionPath?: string;
	/** Servers that may do without a key. */
	readonly keyOptional?: true;
}

/** Every vendor that can stand before the slash of a model ID. */
export const VENDORS: Readonly<Record<ProviderId, VendorFace>> = {
	anthropic: {
		name: 'Anthropic',
		description: 'Claude models',
		credentialType: 'multiModelAnthropicApi',
		baseUrl: 'https://api.anthropic.com/v1',
		versionPath: '/v1',
	},
	google: {
		name: 'Google Gemini',
		description: 'Gemini models through the Gemini API',
		credentialType: 'multiModelGoogleApi',
		baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
		versionPath: '/v1beta',
	},
	local: {
		name: 'Local (No Key)',
		description: 'Ollama, LM Studio, vLLM or another server in your network that needs no key',
		baseUrl: 'http://localhost:11434/v1',
		versionPath: '/v1',
		keyOptional: true,
	},
	openai: {
		name: 'OpenAI',
		description: 'GPT and o-series models',
		credentialType: 'multiModelOpenAiApi',
		baseUrl: 'https://api.openai.com/v1',
		versionPath: '/v1',
	},
	openaiCompatible: {
		name: 'OpenAI-Compatible',
		description: 'Any other service that speaks the Chat Completions format',
		credentialType: 'multiModelOpenAiCompatibleApi',
		keyOptional: true,
	},
};

/** Whether `name` is one of the vendors. */
export function isProviderId(name: string): name is ProviderId {
	return Object.hasOwn(VENDORS, name);
}

/** In the order in which the nodes list them. */
export const LISTED_PROVIDERS = Object.keys(VENDORS) as ProviderId[];
