import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { additionalApiKeys } from './shared/fields';
import { headerText, withHeaders } from './shared/headers';
import { commonFailures, failsWith } from './shared/testRules';

export class MultiModelOpenAiCompatibleApi implements ICredentialType {
	name = 'multiModelOpenAiCompatibleApi';

	displayName = 'Multi-Model OpenAI-Compatible API';

	icon: Icon = {
		light: 'file:../icons/openAiCompatible.svg',
		dark: 'file:../icons/openAiCompatible.dark.svg',
	};

	documentationUrl = 'https://platform.openai.com/docs/api-reference/chat';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://api.together.ai/v1',
			description:
				'Address before /chat/completions, version included. Examples: https://api.together.ai/v1, https://api.fireworks.ai/inference/v1, https://vllm.example.com/v1.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Leave empty for a server without keys. For a server on this machine the provider Local needs no credential at all.',
		},
		additionalApiKeys,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const apiKey = headerText(credentials.apiKey);
		return withHeaders(requestOptions, { Authorization: apiKey && `Bearer ${apiKey}` });
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/models', method: 'GET' },
		rules: [
			failsWith(
				401,
				'The server refused the key. Copy it again, and check that the base URL belongs to the same vendor.',
			),
			failsWith(403, 'The server knows the key but does not let it list models.'),
			failsWith(
				404,
				'The server has no model list at this address. The base URL usually ends in /v1. If it is right, the credential works all the same: type model IDs by hand.',
			),
			...commonFailures('The server'),
		],
	};
}
