import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import { globalIgnores } from 'eslint/config';
import { folderRules } from './scripts/lib/folderRules.mjs';

/** n8n's starter still brings version 1 of this plugin: version 2 runs beside it. */
function versionTwo(rules, switchedOff = []) {
	return Object.fromEntries(
		Object.entries(rules)
			.map(([name, level]) => [name.split('/')[1], level])
			.filter(([name]) => !switchedOff.includes(name))
			.map(([name, level]) => [`n8n-nodes-base-2/${name}`, level]),
	);
}

export default [
	globalIgnores(['dist', 'node_modules', 'test/fixtures', '.cache', 'package-lock.json']),
	...configWithoutCloudSupport,
	{ plugins: { 'n8n-nodes-base-2': nodesBase } },
	{ files: ['package.json'], rules: versionTwo(nodesBase.configs.community.rules) },
	{
		files: ['credentials/**/*.ts'],
		// The same two that n8n's starter switches off: they contradict its other rules.
		rules: versionTwo(nodesBase.configs.credentials.rules, [
			'cred-class-field-documentation-url-miscased',
			'cred-class-field-type-options-password-missing',
		]),
	},
	{
		// The nodes test it, and name it in a list that they share: the first rule reads only lists
		// that stand in the class. The second takes no encryption key for a secret.
		files: ['credentials/MultiModelRedisApi.credentials.ts'],
		rules: {
			'@n8n/community-nodes/credential-test-required': 'off',
			'@n8n/community-nodes/credential-unnecessary-password': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		// The same three that n8n's starter switches off: they know no dynamic inputs.
		rules: versionTwo(nodesBase.configs.nodes.rules, [
			'node-class-description-inputs-wrong-regular-node',
			'node-class-description-outputs-wrong',
			'node-param-type-options-max-value-present',
		]),
	},
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			// `const { left, ...rest } = whole` is how one key is left out.
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
			],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
		},
	},
	{
		// Not shipped: tests and benches report to the terminal and start n8n.
		files: ['test/**/*.ts', 'scripts/**/*.{mjs,ts}'],
		rules: { 'no-console': 'off', '@n8n/community-nodes/no-dangerous-functions': 'off' },
	},
	{
		// The engine and its tests have never heard of n8n's error classes.
		files: ['engine/**/*.ts', 'test/**/*.ts'],
		rules: { '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	...folderRules.map(({ files, allowed, message }) => ({
		files,
		rules: {
			'no-restricted-imports': ['error', { patterns: [{ regex: allowed, message }] }],
		},
	})),
	{
		// Time, randomness and network are parameters of the engine.
		files: ['engine/**/*.ts'],
		ignores: ['engine/transport.ts'],
		rules: {
			'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval'],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'Take a Clock.' },
				{ object: 'Math', property: 'random', message: 'Take a Random.' },
			],
		},
	},
];
