import { VENDORS, type Endpoint, type Vendor } from './ask';
import type { Dialect } from './dialect';
import { anthropic } from './vendors/anthropic/anthropic';
import { compatible, local } from './vendors/compatible';
import { google } from './vendors/google/google';
import { openai } from './vendors/openai/openai';

export const DIALECTS: Readonly<Record<Vendor, Dialect>> = {
	openai,
	anthropic,
	google,
	compatible,
	local,
};

/** Where a request is to go; `unknown` where the vendor has no such path or method. */
export interface Route {
	readonly vendor: Vendor;
	readonly endpoint: Endpoint;
	/** Gemini names the model in the path. */
	readonly pathModel?: string;
}

const PATHS: readonly (readonly [method: string, pattern: RegExp, endpoint: Endpoint])[] = [
	['POST', /^\/v1\/chat\/completions$/, 'chat.completions'],
	['POST', /^\/v1\/responses$/, 'responses'],
	['GET', /^\/v1\/models$/, 'models'],
	['GET', /^\/v1\/models\/(.+)$/, 'model'],
];

const PATHS_OF: Readonly<Record<Vendor, typeof PATHS>> = {
	openai: PATHS,
	compatible: PATHS,
	local: PATHS,
	anthropic: [['POST', /^\/v1\/messages$/, 'messages'], ...PATHS.slice(2)],
	google: [
		['POST', /^\/v1(?:beta)?\/models\/(.+):generateContent$/, 'generateContent'],
		['POST', /^\/v1(?:beta)?\/models\/(.+):streamGenerateContent$/, 'streamGenerateContent'],
		['GET', /^\/v1(?:beta)?\/models$/, 'models'],
		['GET', /^\/v1(?:beta)?\/models\/([^:]+)$/, 'model'],
	],
};

/** `undefined` for paths that are under no vendor's prefix. */
export function routeOf(method: string, path: string): Route | undefined {
	const [, prefix, rest = ''] = /^\/([a-z]+)(\/.*)?$/.exec(path) ?? [];
	const vendor = VENDORS.find((name) => name === prefix);
	if (vendor === undefined) return undefined;
	for (const [wanted, pattern, endpoint] of PATHS_OF[vendor]) {
		const found = method === wanted ? pattern.exec(rest) : null;
		if (found === null) continue;
		if (DIALECTS[vendor].chat[endpoint] === undefined && wanted === 'POST') continue;
		return {
			vendor,
			endpoint,
			...(found[1] === undefined ? {} : { pathModel: decodeURIComponent(found[1]) }),
		};
	}
	return { vendor, endpoint: 'unknown' };
}
