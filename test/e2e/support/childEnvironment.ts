import path from 'node:path';

/** What a program needs of its surroundings; the user's n8n, npm and proxy settings stay out. */
const INHERITED = [
	'HOME',
	'LANG',
	'LOGNAME',
	'PATH',
	'SHELL',
	'SYSTEMROOT',
	'TEMP',
	'TMP',
	'TMPDIR',
	'TZ',
	'USER',
	'USERPROFILE',
	'XDG_CACHE_HOME',
];

/** The environment of a child process that must behave the same on every machine. */
export function childEnvironment(
	added: Readonly<Record<string, string>>,
	pathFirst: readonly string[] = [],
): Record<string, string> {
	const inherited = INHERITED.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	const folders = [...pathFirst, process.env.PATH ?? ''].join(path.delimiter);
	return { ...Object.fromEntries(inherited), PATH: folders, ...added };
}

/** n8n that keeps to itself: with these it called nobody outside during boot, runs and editing. */
export const QUIET_N8N: Readonly<Record<string, string>> = {
	NODE_ENV: 'production',
	N8N_AI_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,quick-connect,insights,chat-hub,mcp,otel',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};
