import type { ICredentialDataDecryptedObject as Data } from 'n8n-workflow';
import { InvalidPlanError } from '../../../engine/index';
import { redisSettings } from '../../../nodes/shared/redisSettings';

describe('where it is', () => {
	test.each([
		{ url: 'redis://localhost:6379', is: { host: 'localhost', port: 6379, tls: false } },
		{ url: 'rediss://example.com', is: { host: 'example.com', port: 6379, tls: true } },
		{ url: 'example.com:7000', is: { host: 'example.com', port: 7000, tls: false } },
		{ url: ' redis://[::1]:7000/3 ', is: { host: '::1', port: 7000, database: 3 } },
		{
			url: 'rediss://me:p%40ss@example.com:7000/2',
			is: { username: 'me', password: 'p@ss', database: 2, tls: true },
		},
	])('$url', ({ url, is }) => {
		expect(redisSettings({ url })).toMatchObject(is);
	});
});

test('fields of their own count more than what the URL holds', () => {
	const url = 'redis://me:one@localhost';
	const settings = redisSettings({ url, user: 'you', password: 'two' });
	expect(settings).toMatchObject({ username: 'you', password: 'two' });
});

test('what is empty is absent', () => {
	const settings = redisSettings({ url: 'redis://localhost', user: '', password: '' });
	expect(Object.keys(settings)).toEqual([
		'host',
		'port',
		'database',
		'tls',
		'cluster',
		'keyPrefix',
		'identity',
	]);
	expect(settings.keyPrefix).toBe('multi-model:');
});

test('what differs in anything has a connection of its own', () => {
	const url = 'redis://localhost';
	const changes: Data[] = [
		{},
		{ url: 'redis://localhost/1' },
		{ password: 'secret' },
		{ keyPrefix: 'other:' },
		{ encryptionKey: 'key' },
		{ cluster: true },
	];
	const all = changes.map((change) => redisSettings({ url, ...change }).identity);
	expect(new Set(all).size).toBe(all.length);
	expect(redisSettings({ url }).identity).toBe(redisSettings({ url, user: '' }).identity);
});

test.each([
	{ url: '', rule: /must begin with redis/ },
	{ url: 'https://user:sk-secret@example.com', rule: /must begin with redis/ },
	{ url: 'redis://', rule: /must begin with redis/ },
	{ url: 'redis://user:sk-secret@local host', rule: /must begin with redis/ },
	{ url: 'redis://:sk-secret@localhost/first', rule: /number of the database/ },
	{ url: 'redis://:sk-secret@localhost/-1', rule: /number of the database/ },
])('refuses "$url" and repeats nothing of it', ({ url, rule }) => {
	const reading = () => redisSettings({ url });
	expect(reading).toThrow(InvalidPlanError);
	expect(reading).toThrow(rule);
	expect(reading).not.toThrow(/sk-secret/);
});

test('a cluster has one database', () => {
	expect(() => redisSettings({ url: 'redis://localhost/2', cluster: true })).toThrow(/only one/);
});

test('an address with a broken escape is refused, not a crash', () => {
	expect(() => redisSettings({ url: 'redis://a:%E0%A4%A@localhost' })).toThrow(InvalidPlanError);
});
