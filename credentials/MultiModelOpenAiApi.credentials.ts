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

export class MultiModelOpenAiApi implements ICredentialType {
	name = 'multiModelOpenAiApi';

	displayName = 'Multi-Model OpenAI API';

	icon: Icon = { light: 'file:../icons/openAi.svg', dark: 'file:../icons/openAi.dark.svg' };

	documentationUrl = 'https://platform.openai.com/api-keys';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. sk-proj-…',
			description: 'A key from platform.openai.com/api-keys',
		},
		additionalApiKeys,
		baseUrl('OpenAI', 'https://api.openai.com/v1'),
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. org-…',
			description: 'Needed only when the account belongs to several organizations',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			default: '',
			placeholder: 'e.g. proj_…',
			description: 'Bills the calls to this project; leave empty for keys that belong to a project',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return withHeaders(requestOptions, {
			Authorization: `Bearer ${headerText(credentials.apiKey)}`,
			'OpenAI-Organization': headerText(credentials.organizationId),
			'OpenAI-Project': headerText(credentials.projectId),
		});
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/models', method: 'GET' },
		rules: [
			failsWith(
				401,
				'OpenAI refused the key. Copy it again from platform.openai.com/api-keys; it may be revoked, or the organization or project ID may not be its own.',
			),
			failsWith(
				403,
				'OpenAI knows the key but does not let it list models. Give a restricted key the permission "Models: Read", and check that your country is supported.',
			),
			...commonFailures('OpenAI'),
		],
	};
}
