import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { LISTED_PROVIDERS, VENDORS } from '../vendors';

/**
 * One slot for each vendor that has a credential, shown while the vendor is ticked. Never required
 * by n8n: a listed model without a credential is skipped as long as another one can answer.
 */
export const VENDOR_CREDENTIALS: INodeCredentialDescription[] = LISTED_PROVIDERS.flatMap(
	(provider) => {
		const { credentialType } = VENDORS[provider];
		return credentialType === undefined
			? []
			: [
					{
						name: credentialType,
						required: false,
						displayOptions: { show: { providers: [provider] } },
					},
				];
	},
);

/**
 * `local` is named by no credential on purpose: where every option is, the editor takes the field
 * for the selector of an authentication method and rewrites its value (n8n 2.40).
 */
const providers: INodeProperties = {
	displayName: 'Providers',
	name: 'providers',
	type: 'multiOptions',
	options: LISTED_PROVIDERS.map((value) => ({
		name: VENDORS[value].name,
		value,
		description: VENDORS[value].description,
	})),
	default: ['openai', 'anthropic'],
	description:
		'Whose models may be used. Each one shows the slot for its credential below; a model whose vendor has no credential is skipped while another model can answer.',
};

/** Pins where the credential slots stand: without it they stand above the field that rules them. */
const credentialSlots: INodeProperties = {
	displayName: 'Credentials',
	name: 'credentials',
	type: 'credentials',
	default: '',
};

const localBaseUrl: INodeProperties = {
	displayName: 'Local Base URL',
	name: 'localBaseUrl',
	type: 'string',
	default: 'http://localhost:11434/v1',
	placeholder: 'http://localhost:11434/v1',
	description:
		'Address of the local server, up to and with its version path. From inside a container, the machine itself is usually host.docker.internal rather than localhost.',
	displayOptions: { show: { providers: ['local'] } },
};

/** Not offered to agents: as a tool the node has no inputs. */
const connectedModels: INodeProperties = {
	displayName: 'Connected Models',
	name: 'connectedModels',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, maxValue: 8, numberPrecision: 0 },
	default: 0,
	description:
		'Number of chat models of n8n to connect to inputs of this node, with the credentials that you already have. They are asked first, in the order of their numbers; to place one elsewhere, list it under Models as connected/1, connected/2 and so on.',
	displayOptions: { hide: { '@tool': [true] } },
};

/** Which vendors and connected models may answer. */
export const PROVIDER_FIELDS: INodeProperties[] = [
	providers,
	credentialSlots,
	localBaseUrl,
	connectedModels,
];
