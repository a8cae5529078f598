import type { INodePropertyOptions } from 'n8n-workflow';
import type { FailureKind } from '../../../engine/index';

/** What can go wrong with one call, in the builder's words. A stop by the builder is no choice. */
export const FAILURE_KIND_OPTIONS: Array<INodePropertyOptions & { value: FailureKind }> = [
	{
		name: 'Authentication',
		value: 'authentication',
		description: 'The key is missing, wrong or revoked',
	},
	{
		name: 'Content Filter',
		value: 'content-filter',
		description: 'The model refused, or the prompt or the answer was filtered',
	},
	{
		name: 'Context Length',
		value: 'context-length',
		description: 'The prompt does not fit into the model',
	},
	{
		name: 'Empty Answer',
		value: 'empty-answer',
		description: 'The reply holds no text',
	},
	{
		name: 'Invalid Request',
		value: 'invalid-request',
		description: 'The request itself is wrong',
	},
	{
		name: 'JSON Does Not Fit',
		value: 'schema-mismatch',
		description: 'JSON was asked for and the answer is not JSON or does not fit the schema',
	},
	{
		name: 'Malformed Response',
		value: 'malformed-response',
		description: 'The reply cannot be read as an answer',
	},
	{
		name: 'Model Not Found',
		value: 'model-not-found',
		description: 'The vendor does not know the model or does not open it to this key',
	},
	{
		name: 'Network',
		value: 'network',
		description: 'No connection, or it broke before the answer was whole',
	},
	{
		name: 'Overloaded',
		value: 'overloaded',
		description: 'The vendor has no capacity',
	},
	{
		name: 'Permission',
		value: 'permission',
		description: 'The key may not do this',
	},
	{
		name: 'Quota Exhausted',
		value: 'quota',
		description: 'The credit or monthly quota of the account is used up',
	},
	{
		name: 'Rate Limit',
		value: 'rate-limit',
		description: 'Too many requests or tokens for now',
	},
	{
		name: 'Server Error',
		value: 'server',
		description: 'The vendor failed',
	},
	{
		name: 'Timeout',
		value: 'timeout',
		description: 'No complete answer in time',
	},
	{
		name: 'Truncated',
		value: 'truncated',
		description: 'The answer was cut at the output limit where a whole one was needed',
	},
];
