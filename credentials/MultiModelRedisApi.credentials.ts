import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Tested by the nodes: n8n's own credential test speaks HTTP only. */
export class MultiModelRedisApi implements ICredentialType {
	name = 'multiModelRedisApi';

	displayName = 'Multi-Model Redis API';

	icon: Icon = { light: 'file:../icons/redis.svg', dark: 'file:../icons/redis.dark.svg' };

	documentationUrl = 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: 'redis://localhost:6379',
			placeholder: 'e.g. rediss://redis.example.com:6379/0',
			description:
				'Address of Redis 6.2 or newer, or of Valkey. It may be the Redis of n8n itself: all keys have the prefix below. rediss:// is encrypted; a number after the last slash is the database. From inside a container, the machine itself is usually host.docker.internal rather than localhost.',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description: 'Leave empty for the default user',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Leave empty for a Redis without one',
		},
		{
			displayName: 'Encryption Key',
			name: 'encryptionKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Any long random text. Answers are then stored encrypted (AES-256-GCM). Changing it makes the stored ones unreadable: they are asked for again.',
		},
		{
			displayName: 'Key Prefix',
			name: 'keyPrefix',
			type: 'string',
			default: 'multi-model:',
			description:
				'Stands before every key. What has the same prefix on the same Redis shares its state.',
		},
		{
			displayName: 'Cluster',
			name: 'cluster',
			type: 'boolean',
			default: false,
			description: 'Whether the address is that of a node of a Redis cluster',
		},
	];
}
