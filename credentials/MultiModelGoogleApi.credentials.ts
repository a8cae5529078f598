import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { additionalApiKeys, baseUrl } from './shared/fields';
import { headerText, withHeaders } from './shared/headers';
import { commonFailures, failsWith } from './shared/testRules';

export class MultiModelGoogleApi implements ICredentialType {
	name = 'multiModelGoogleApi';

	displayName = 'Multi-Model Google Gemini API';

	icon: Icon = { light: 'file:../icons/google.svg', dark: 'file:../icons/google.dark.svg' };

	documentationUrl = 'https://aistudio.google.com/apikey';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. AIza…',
			description: 'A Gemini API key from aistudio.google.com/apikey',
		},
		additionalApiKeys,
		baseUrl('Gemini', 'https://generativelanguage.googleapis.com/v1beta'),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return withHeaders(requestOptions, { 'x-goog-api-key': headerText(credentials.apiKey) });
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/models',
			method: 'GET',
			qs: { pageSize: 1 },
		},
		rules: [
			// Google answers a wrong key with 400 INVALID_ARGUMENT and reason API_KEY_INVALID, not 401.
			failsWith(
				400,
				'Google refused the key. Copy it again from aistudio.google.com/apikey; a key ends where its project is deleted. From some countries Google answers the same.',
			),
			failsWith(
				401,
				'Google refused the key. Use an API key from aistudio.google.com/apikey, not an OAuth token.',
			),
			failsWith(
				403,
				'Google knows the key but does not let it use the Gemini API. Enable the "Generative Language API" in its project, and lift restrictions of the key by API, referrer or IP address.',
			),
			...commonFailures('Google'),
		],
	};
}
