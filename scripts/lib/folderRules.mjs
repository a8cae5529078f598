/**
 * Which folder may import what. The linter and a test read the same table, so that neither can
 * drift from the other.
 *
 * Each `allowed` is a pattern of what is NOT allowed: everything but the alternatives in its
 * negative look-ahead.
 *
 * @typedef {{ name: string, files: string[], allowed: string, message: string }} FolderRule
 */

/** @param {string[]} alternatives patterns of import specifiers that are fine */
const anythingBut = (...alternatives) => `^(?!(?:${alternatives.join('|')})$)`;

const SIBLING = '\\./[^/]+';
const NODE_BUILTIN = 'node:[a-z_/]+';

/** @type {FolderRule[]} */
export const folderRules = [
	// From the general to the special: where two match a file, the later one holds.
	{
		name: 'engine',
		files: [
			'engine/*.ts',
			'engine/reconcile/**/*.ts',
			'engine/fanOut/**/*.ts',
			'engine/panel/**/*.ts',
		],
		allowed: anythingBut(
			'\\.\\.?/(?!nodes/|\\.\\./nodes/|\\.\\./credentials/).+',
			'lru-cache',
			'undici',
			NODE_BUILTIN,
		),
		message: 'The engine has never heard of n8n.',
	},
	{
		name: 'spec',
		files: ['engine/spec/**/*.ts'],
		allowed: anythingBut(SIBLING, 'zod/v4-mini', 'node:net'),
		message: 'engine/spec holds types and schemas only: it imports zod and nothing else.',
	},
	{
		name: 'providers',
		files: ['engine/providers/**/*.ts'],
		allowed: anythingBut(SIBLING, '\\.\\./spec/.+', '@ai-sdk/.+'),
		message: 'engine/providers translates: it imports engine/spec and the AI SDK.',
	},
	{
		name: 'policies',
		files: ['engine/policies/**/*.ts'],
		allowed: anythingBut(
			SIBLING,
			'\\.\\./spec/.+',
			'node:crypto',
			'safe-stable-stringify',
			'@cfworker/json-schema',
			'tokenx',
		),
		message: 'engine/policies decides and is pure: it imports engine/spec.',
	},
	{
		name: 'prompt',
		files: ['engine/prompt/**/*.ts'],
		allowed: anythingBut(SIBLING, '\\.\\./spec/.+', '\\.\\./policies/.+'),
		message: 'engine/prompt shapes text and is pure: it imports engine/spec and engine/policies.',
	},
	{
		name: 'routing',
		files: ['engine/routing/**/*.ts'],
		allowed: anythingBut('\\./.+', '\\.\\./spec/.+'),
		message: 'engine/routing judges prompts and is pure: it imports engine/spec and its own data.',
	},
	{
		name: 'catalog',
		files: ['engine/catalog/**/*.ts'],
		allowed: anythingBut('\\./.+', '\\.\\./spec/.+'),
		message: 'engine/catalog holds facts: it imports engine/spec and its own data.',
	},
	{
		name: 'state',
		files: [
			'engine/admission.ts',
			'engine/bounded.ts',
			'engine/deadline.ts',
			'engine/singleFlight.ts',
			'engine/state.ts',
		],
		allowed: anythingBut(SIBLING, '\\./spec/.+', '\\./policies/.+', 'lru-cache', 'node:events'),
		message: 'The state imports engine/spec, engine/policies and its cache.',
	},
	{
		name: 'transport',
		files: ['engine/transport.ts', 'engine/forbiddenAddresses.ts'],
		allowed: anythingBut(
			'\\./forbiddenAddresses',
			'\\./spec/.+',
			'\\./policies/.+',
			'undici',
			NODE_BUILTIN,
		),
		message: 'engine/transport is the only file that knows the HTTP client.',
	},
	{
		name: 'redis',
		files: ['engine/redis/**/*.ts'],
		allowed: anythingBut(
			'\\./.+',
			'\\.\\./(?:client|spec/.+|policies/.+|\\.\\./policies/.+)',
			'\\.\\./(?:admission|bounded|candidateKey|singleFlight|state)',
			'node:crypto',
		),
		message: 'engine/redis keeps the state in Redis: it imports what the state does.',
	},
	{
		name: 'redis client',
		files: ['engine/redis/client.ts'],
		allowed: anythingBut('\\.\\./spec/.+', 'ioredis', 'node:crypto'),
		message: 'engine/redis/client is the only file that knows the Redis client.',
	},
	{
		name: 'nodes',
		files: ['nodes/**/*.ts'],
		allowed: anythingBut(
			'\\./.+',
			'\\.\\./(?:shared|fields)/.+',
			'\\.\\./[a-zA-Z]+',
			'\\.\\./\\.\\./engine/index',
			'\\.\\./\\.\\./\\.\\./engine/index',
			'n8n-workflow',
			'p-limit',
			NODE_BUILTIN,
		),
		message: 'nodes import n8n-workflow and the engine through engine/index only.',
	},
	{
		name: 'runtime',
		files: ['nodes/shared/runtime.ts'],
		allowed: anythingBut('\\.\\./\\.\\./engine/(?:index|vendors|redis/connectRedis)', NODE_BUILTIN),
		message: 'nodes/shared/runtime wires the engine to this process.',
	},
	{
		name: 'credentials',
		files: ['credentials/**/*.ts'],
		allowed: anythingBut('\\./.+', 'n8n-workflow'),
		message: 'credentials import n8n-workflow only.',
	},
];
