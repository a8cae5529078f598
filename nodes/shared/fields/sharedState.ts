import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { VENDOR_CREDENTIALS } from './providers';

export const REDIS_CREDENTIAL_TYPE = 'multiModelRedisApi';

/** `memory` is named by no credential on purpose; see the field Providers. */
export const SHARED_STATE_FIELD: INodeProperties = {
	displayName: 'Shared State',
	name: 'sharedState',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'In Memory',
			value: 'memory',
			description: 'Of this n8n process: right for one n8n without workers',
		},
		{
			name: 'In Redis',
			value: 'redis',
			description:
				'One truth for all processes: choose it where n8n runs with workers (queue mode). Its credential stands with those of the providers.',
		},
	],
	default: 'memory',
	description:
		'Where stored answers, limits, budgets, circuit breakers, pauses and measured latencies are kept',
};

const redisCredential: INodeCredentialDescription = {
	name: REDIS_CREDENTIAL_TYPE,
	required: false,
	testedBy: 'testRedisCredential',
	displayOptions: { show: { sharedState: ['redis'] } },
};

/** The slots of a node that calls models. */
export const MODEL_CREDENTIALS: INodeCredentialDescription[] = [
	...VENDOR_CREDENTIALS,
	redisCredential,
];
