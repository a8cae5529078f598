import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { DEFAULT_API_KEYS } from '../../sandbox';

/** What the credentials of each type hold when they point at the sandbox. */
export function sandboxCredentials(url: string) {
	const [openai, anthropic, google, compatible] = (
		['openai', 'anthropic', 'google', 'compatible'] as const
	).map((vendor): ICredentialDataDecryptedObject => {
		const version = vendor === 'google' ? 'v1beta' : 'v1';
		return { apiKey: DEFAULT_API_KEYS[vendor][0], baseUrl: `${url}/${vendor}/${version}` };
	});
	return {
		multiModelOpenAiApi: openai ?? {},
		multiModelAnthropicApi: anthropic ?? {},
		multiModelGoogleApi: google ?? {},
		multiModelOpenAiCompatibleApi: compatible ?? {},
	};
}
