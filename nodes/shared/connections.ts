/** The only place that reads credentials. */
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import {
	apiKeyOf,
	InvalidPlanError,
	sha256,
	type Connection,
	type ProviderId,
} from '../../engine/index';
import { shown } from './shown';
import { VENDORS } from './vendors';

/** A vendor's connection, or why there is none. */
export type Connected =
	| { readonly ok: true; readonly connection: Connection }
	| { readonly ok: false; readonly reason: string };

/** Gives the connection to a vendor; `localBaseUrl` is used by the keyless one only. */
export type Connect = (provider: ProviderId, localBaseUrl: unknown) => Promise<Connected>;

interface CredentialSource {
	readonly getCredentials: (type: string) => Promise<ICredentialDataDecryptedObject>;
}

/** Reads each credential once, however many items and models use it. */
export function connector(source: CredentialSource, node: INode): Connect {
	const read = new Map<ProviderId, Promise<Connected>>();
	return async (provider, localBaseUrl) => {
		const { credentialType } = VENDORS[provider];
		if (credentialType === undefined) return keyless(provider, localBaseUrl);
		let connected = read.get(provider);
		if (connected === undefined) {
			connected = withCredential(source, node, provider, credentialType);
			read.set(provider, connected);
		}
		return await connected;
	};
}

async function withCredential(
	source: CredentialSource,
	node: INode,
	provider: ProviderId,
	credentialType: string,
): Promise<Connected> {
	const { name, keyOptional } = VENDORS[provider];
	const selected = node.credentials?.[credentialType];
	if (selected === undefined) return { ok: false, reason: `no ${name} credential is selected` };

	const data = await source.getCredentials(credentialType).catch((error: unknown) => {
		const why = error instanceof Error ? error.message : String(error);
		throw new InvalidPlanError(
			`The ${name} credential "${selected.name}" cannot be read: ${why}`,
			'Open the node and select the credential again.',
			undefined,
			{ cause: error },
		);
	});
	const credential = `the ${name} credential "${selected.name}"`;
	const secrets = [
		headerValue('API Key', credential, data.apiKey),
		...text(data.additionalApiKeys)
			.split(/[\s,]+/)
			.map((secret) => headerValue('Additional API Keys', credential, secret)),
	].filter((secret) => secret !== '');
	const keys = [...new Set(secrets)].map(apiKeyOf);
	if (keys.length === 0 && !keyOptional) {
		throw new InvalidPlanError(
			`The ${name} credential "${selected.name}" holds no API key`,
			'Open the credential, enter a key and press Test.',
		);
	}
	const baseUrl = readBaseUrl(`Base URL in ${credential}`, data.baseUrl, provider);
	const headers = vendorHeaders(credential, data);
	const fingerprints = keys.map((key) => key.fingerprint);
	const identity = sha256(
		JSON.stringify([selected.id ?? selected.name, baseUrl, fingerprints, headers]),
	);
	return {
		ok: true,
		connection: {
			provider,
			baseUrl,
			keys,
			identity,
			...(Object.keys(headers).length === 0 ? {} : { headers }),
		},
	};
}

function keyless(provider: ProviderId, localBaseUrl: unknown): Connected {
	const { versionPath = '' } = VENDORS[provider];
	const url = readBaseUrl('Local Base URL', localBaseUrl, provider);
	const baseUrl = new URL(url).pathname === '/' ? `${url}${versionPath}` : url;
	return {
		ok: true,
		connection: { provider, baseUrl, keys: [], identity: sha256(`${provider}\n${baseUrl}`) },
	};
}

/** An http(s) address without a trailing slash. */
function readBaseUrl(label: string, raw: unknown, provider: ProviderId): string {
	const given = text(raw).trim() || VENDORS[provider].baseUrl || '';
	const url = URL.canParse(given) ? new URL(given) : undefined;
	const usable =
		url !== undefined &&
		(url.protocol === 'http:' || url.protocol === 'https:') &&
		`${url.username}${url.password}${url.search}${url.hash}` === '';
	if (!usable) {
		throw new InvalidPlanError(
			`${label} must be an http or https address, got ${shown(withoutSecrets(given))}`,
			`Correct it, for example ${VENDORS[provider].baseUrl ?? 'https://api.example.com/v1'}.`,
		);
	}
	return url.href.replace(/\/+$/, '');
}

/**
 * A password or key in an address must not reach a message. In one that cannot be taken apart a
 * password may stand anywhere before the last `@`.
 */
function withoutSecrets(url: string): string {
	const at = url.lastIndexOf('@');
	// After a `?` the `@` may belong to a key.
	if (/[?#]/.test(url.slice(0, Math.max(at, 0)))) return '…';
	const host = url.slice(at + 1).replace(/[?#][^]*$/, '');
	return at === -1 ? host : `…@${host}`;
}

/** Headers that name the account, as OpenAI knows them. */
function vendorHeaders(
	credential: string,
	data: ICredentialDataDecryptedObject,
): Record<string, string> {
	const organization = headerValue('Organization ID', credential, data.organizationId);
	const project = headerValue('Project ID', credential, data.projectId);
	return {
		...(organization === '' ? {} : { 'OpenAI-Organization': organization }),
		...(project === '' ? {} : { 'OpenAI-Project': project }),
	};
}

/**
 * A field that goes into a header of each request, where only printable ASCII may stand. The stray
 * character is named, the value never.
 */
function headerValue(field: string, credential: string, raw: unknown): string {
	const value = text(raw).trim();
	const stray = /[^\x20-\x7e]/u.exec(value);
	if (stray === null) return value;
	const code = (stray[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	const what = /[\r\n]/.test(stray[0]) ? 'a line break' : `the character U+${code}`;
	throw new InvalidPlanError(
		`${field} in ${credential} holds ${what} after ${stray.index} characters, which cannot be sent`,
		`Open the credential and copy ${field} into it again: it is one line of plain letters, digits and signs.`,
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
