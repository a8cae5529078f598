/** The same calls against a mock that others wrote: a second opinion on the wire formats. */
import { LLMock } from '@copilotkit/aimock';
import { startSandbox, type Sandbox } from './index';
import { CALLS, wire, type VendorCall } from './support/clients';

const mock = new LLMock({ port: 0, logLevel: 'silent' });
let sandbox: Sandbox;
beforeAll(async () => {
	mock.onMessage('tides', { content: 'The moon pulls the sea. The sea follows.' });
	await mock.start();
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
	await mock.stop();
});

const PROMPT = 'Explain tides in two sentences.';

async function both(call: VendorCall, stream: boolean) {
	const path = call.path(call.model, stream);
	const more = stream && call.vendor !== 'google' ? { stream: true } : {};
	const options = { headers: call.headers, body: call.body(call.model, PROMPT, more) };
	const theirs = await wire(`${mock.url}${path.replace(/^\/[a-z]+/, '')}`, options);
	const ours = await wire(`${sandbox.url}${path}`, options);
	expect([theirs.status, ours.status]).toEqual([200, 200]);
	return { theirs, ours };
}

/** `choices[].message.content: string` for every value in a document. */
function shapes(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((item) => shapes(item, `${path}[]`));
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, item]) => shapes(item, `${path}.${key}`));
	}
	return [`${path}: ${value === null ? 'null' : typeof value}`];
}

function missing(theirs: unknown, ours: unknown): string[] {
	const known = new Set(shapes(ours));
	return [...new Set(shapes(theirs))].filter((shape) => !known.has(shape));
}

const events = (text: string) =>
	text
		.split('\n\n')
		.flatMap((frame) => /^data: (\{[^]*)$/m.exec(frame)?.[1] ?? [])
		.map((data) => JSON.parse(data) as { type?: string });

const names = (text: string) =>
	[...new Set(events(text).map(({ type }) => type ?? 'chunk'))].sort();

describe.each(CALLS)('$name', (call) => {
	test('sends everything that the other mock sends, of the same type', async () => {
		const { theirs, ours } = await both(call, false);
		expect(shapes(theirs.json).length).toBeGreaterThan(5);
		expect(missing(theirs.json, ours.json)).toEqual([]);
	});

	test('streams the same kinds of events with the same fields', async () => {
		const { theirs, ours } = await both(call, true);
		expect(names(ours.text)).toEqual(expect.arrayContaining(names(theirs.text)));
		for (const name of names(theirs.text)) {
			const of = (text: string) => events(text).filter(({ type }) => (type ?? 'chunk') === name);
			expect([name, missing(of(theirs.text), of(ours.text))]).toEqual([name, []]);
		}
	});
});
