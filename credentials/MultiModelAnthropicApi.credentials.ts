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

export class MultiModelAnthropicApi implements ICredentialType {
	name = 'multiModelAnthropicApi';

	displayName = 'Multi-Model Anthropic API';

	icon: Icon = { light: 'file:../icons/anthropic.svg', dark: 'file:../icons/anthropic.dark.svg' };

	documentationUrl = 'https://platform.claude.com/settings/keys';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. sk-ant-…',
			description: 'A key from platform.claude.com/settings/keys',
		},
		additionalApiKeys,
		baseUrl('Anthropic', 'https://api.anthropic.com/v1'),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return withHeaders(requestOptions, {
			'x-api-key': headerText(credentials.apiKey),
			'anthropic-version': '2023-06-01',
		});
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/models',
			method: 'GET',
			qs: { limit: 1 },
		},
		rules: [
			failsWith(
				401,
				'Anthropic refused the key. Copy it again from platform.claude.com/settings/keys; it may be disabled or deleted.',
			),
			failsWith(
				403,
				'Anthropic knows the key but does not let it do this. Check the workspace of the key, and that your country is supported.',
			),
			failsWith(
				529,
				'Anthropic is overloaded (529). The key was not judged. Try again in a minute.',
			),
			...commonFailures('Anthropic'),
		],
	};
}
