/** Base URLs: where a key is never sent. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { isForbiddenHost } from '../../engine/forbiddenAddresses';
import { createTransport } from '../../engine/transport';

const FORBIDDEN = [
	'169.254.169.254',
	'169.254.0.1',
	'169.254.170.2',
	'168.63.129.16',
	'100.100.100.200',
	'192.0.0.192',
	'[fe80::1]',
	'[febf::1]',
	'[fd00:ec2::254]',
	'[::ffff:169.254.169.254]',
	'[::ffff:a9fe:a9fe]',
	'[64:ff9b::a9fe:a9fe]',
	'[2002:a9fe:a9fe::]',
	'[::a9fe:a9fe]',
	'metadata.google.internal',
	'metadata.google.internal.',
	'METADATA.goog',
	'metadata',
	'instance-data.ec2.internal',
];
const OPEN = [
	'127.0.0.1',
	'localhost',
	'10.0.0.5',
	'192.168.1.20',
	'172.17.0.1',
	'[::1]',
	'[fd12:3456::1]',
	'host.docker.internal',
	'api.openai.com',
	'metadata.example.com',
	'169.253.255.255',
	'169.255.0.0',
];
/** Ways to write 169.254.169.254 that a URL brings into one. */
const SPELLINGS = [
	'2852039166',
	'0xa9fea9fe',
	'0251.0376.0251.0376',
	'169.254.43518',
	'169。254。169。254',
];

test.each(FORBIDDEN.map((host) => ({ host })))('$host is never called', async ({ host }) => {
	expect(isForbiddenHost(host)).toBe(true);
	const transport = createTransport({});
	await expect(transport.fetch(`http://${host}/v1/models`)).rejects.toMatchObject({
		name: 'EgressRefusedError',
		message: expect.stringContaining('is never called'),
	});
	await transport.close();
});

test.each(SPELLINGS.map((host) => ({ host })))('nor is it as $host', ({ host }) => {
	expect(isForbiddenHost(new URL(`http://${host}/`).hostname)).toBe(true);
});

test.each(OPEN.map((host) => ({ host })))('$host may be called', ({ host }) => {
	expect(isForbiddenHost(host)).toBe(false);
});

describe('by name', () => {
	let server: Server;
	let seen = 0;
	beforeAll(async () => {
		server = createServer((_request, response) => {
			seen++;
			response.end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => server.close());

	/** The host's guard, with a resolver of our own. */
	const resolving = (...addresses: readonly string[]) => {
		const lookup: LookupFunction = (_hostname, options, callback) => {
			const found = addresses.map((address) => ({
				address,
				family: address.includes(':') ? 6 : 4,
			}));
			if (options.all === true) callback(null, found);
			else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
		};
		return { validateUrl: async () => ({ ok: true }) as const, createSecureLookup: () => lookup };
	};
	const port = () => (server.address() as AddressInfo).port;

	test.each([
		{ addresses: ['169.254.169.254'] },
		{ addresses: ['fe80::1'] },
		{ addresses: ['::ffff:169.254.169.254'] },
		// One good address does not make up for a bad one.
		{ addresses: ['127.0.0.1', '169.254.169.254'] },
	])('a name that means $addresses is never called', async ({ addresses }) => {
		seen = 0;
		const transport = createTransport({ egress: resolving(...addresses) });
		await expect(transport.fetch(`http://models.example.com:${port()}/v1`)).rejects.toThrow(
			/models\.example\.com \(.*\) is never called/,
		);
		await transport.close();
		expect(seen).toBe(0);
	});

	test('a name that means a local address is called', async () => {
		const transport = createTransport({ egress: resolving('127.0.0.1') });
		const reply = await transport.fetch(`http://models.example.com:${port()}/v1`);
		expect(await reply.text()).toBe('{}');
		await transport.close();
	});

	test("what n8n's SSRF protection refuses is not called, by address or by name", async () => {
		seen = 0;
		const refusal = new Error('private addresses are blocked');
		const byAddress = createTransport({
			egress: {
				...resolving('127.0.0.1'),
				validateUrl: async () => ({ ok: false, error: refusal }),
			},
		});
		await expect(byAddress.fetch(`http://127.0.0.1:${port()}/v1`)).rejects.toThrow(
			/SSRF protection refuses 127\.0\.0\.1:\d+ \(private addresses are blocked\)/,
		);
		const byName = createTransport({
			egress: {
				...resolving(),
				createSecureLookup: () => (_hostname, _options, callback) => callback(refusal, []),
			},
		});
		await expect(byName.fetch(`http://models.example.com:${port()}/v1`)).rejects.toThrow(
			refusal.message,
		);
		await Promise.all([byAddress.close(), byName.close()]);
		expect(seen).toBe(0);
	});

	test('without a guard of the host, too', async () => {
		const transport = createTransport({});
		const reply = await transport.fetch(`http://localhost:${port()}/v1`);
		expect(reply.status).toBe(200);
		await transport.close();
	});
});
