import { unescape } from 'node:querystring';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { InvalidPlanError, sha256, type RedisSettings } from '../../engine/index';

const DEFAULT_PORT = 6379;
const DEFAULT_PREFIX = 'multi-model:';

/**
 * Reads the fields of a Redis credential.
 *
 * @throws {InvalidPlanError} when they name no Redis
 */
export function redisSettings(data: ICredentialDataDecryptedObject): RedisSettings {
	const url = readUrl(text(data.url).trim());
	const cluster = data.cluster === true;
	const database = Number(url.pathname.slice(1) || 0);
	if (!Number.isInteger(database) || database < 0 || (cluster && database !== 0)) {
		throw new InvalidPlanError(
			cluster
				? 'The URL in the Redis credential names a database; a cluster has only one'
				: 'The URL in the Redis credential must end with the number of the database, or with the port',
			'Correct it, for example redis://localhost:6379/0.',
		);
	}
	const username = text(data.user).trim() || decoded(url.username);
	const password = text(data.password) || decoded(url.password);
	const encryptionKey = text(data.encryptionKey);
	const settings = {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port) || DEFAULT_PORT,
		...(username === '' ? {} : { username }),
		...(password === '' ? {} : { password }),
		database,
		tls: url.protocol === 'rediss:',
		cluster,
		keyPrefix: text(data.keyPrefix) || DEFAULT_PREFIX,
		...(encryptionKey === '' ? {} : { encryptionKey }),
	};
	return { ...settings, identity: sha256(JSON.stringify(settings)) };
}

/** A Redis URL, or a host with or without a port. What was given may hold a password: never shown. */
function readUrl(given: string): URL {
	const whole = given.includes('://') ? given : `redis://${given}`;
	const url = URL.canParse(whole) ? new URL(whole) : undefined;
	const isRedis = url !== undefined && ['redis:', 'rediss:'].includes(url.protocol);
	if (!isRedis || url.hostname === '') {
		throw new InvalidPlanError(
			'The URL in the Redis credential must begin with redis:// or rediss://',
			'Open the credential and correct it, for example redis://localhost:6379.',
		);
	}
	return url;
}

function decoded(part: string): string {
	// Never throws, unlike decodeURIComponent; what is no UTF-8 decodes to U+FFFD.
	const meant = unescape(part);
	if (!/%(?![0-9a-f]{2})/i.test(part) && !meant.includes('\ufffd')) return meant;
	throw new InvalidPlanError(
		'User or password in the URL of the Redis credential hold a % that stands for nothing',
		'Leave them out of the URL and enter them in their own fields.',
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
