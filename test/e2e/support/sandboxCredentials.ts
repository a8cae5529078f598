import { DEFAULT_API_KEYS } from '../../sandbox/index';
import type { NewCredential } from './credentials';

/** The package's credentials, pointing at a sandbox. */
export function sandboxCredentials(sandboxUrl: string): NewCredential[] {
	const at = (path: string, [apiKey]: readonly [string]) => ({
		apiKey,
		baseUrl: `${sandboxUrl}${path}`,
	});
	return [
		{
			name: 'OpenAI (sandbox)',
			type: 'multiModelOpenAiApi',
			data: at('/openai/v1', DEFAULT_API_KEYS.openai),
		},
		{
			name: 'Anthropic (sandbox)',
			type: 'multiModelAnthropicApi',
			data: at('/anthropic/v1', DEFAULT_API_KEYS.anthropic),
		},
		{
			name: 'Google Gemini (sandbox)',
			type: 'multiModelGoogleApi',
			data: at('/google/v1beta', DEFAULT_API_KEYS.google),
		},
		{
			name: 'OpenAI-compatible (sandbox)',
			type: 'multiModelOpenAiCompatibleApi',
			data: at('/compatible/v1', DEFAULT_API_KEYS.compatible),
		},
	];
}
