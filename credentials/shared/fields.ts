import type { INodeProperties } from 'n8n-workflow';

/** Key rotation within one vendor. `rows` with `password` is a masked multi-line field in n8n. */
export const additionalApiKeys: INodeProperties = {
	displayName: 'Additional API Keys',
	name: 'additionalApiKeys',
	type: 'string',
	typeOptions: { password: true, rows: 3 },
	default: '',
	description:
		'Further keys for the same vendor, one per line (commas work too). When a key is refused or at its limit, the next one takes over. The connection test checks the first key only.',
};

/** Where requests go: the vendor, or a proxy or gateway that speaks its API. */
export const baseUrl = (vendor: string, defaultUrl: string): INodeProperties => ({
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	required: true,
	default: defaultUrl,
	placeholder: `e.g. ${defaultUrl}`,
	description: `Address of the API, version included. Change it only for a proxy or a gateway that speaks the ${vendor} API.`,
});
