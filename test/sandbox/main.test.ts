import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { callOf, chat, textOf, wire } from './support/clients';
import { recordings } from './recorded/recordings';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const script = join(folder, 'sandbox.cjs');

beforeAll(async () => {
	await build({
		entryPoints: [join(__dirname, 'main.ts')],
		bundle: true,
		platform: 'node',
		outfile: script,
		logLevel: 'error',
	});
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(...args: readonly string[]): Promise<{ process: ChildProcess; line: string }> {
	const process = spawn(globalThis.process.execPath, [script, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = process.stdout;
	if (output === null) throw new Error('No output');
	const [chunk] = (await once(output, 'data')) as [Buffer];
	return { process, line: chunk.toString() };
}

async function exitOf(process: ChildProcess): Promise<unknown> {
	const [code, signal] = (await once(process, 'exit')) as [number | null, string | null];
	return code ?? signal;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
	'prints one line when it is ready, answers, and ends on %s',
	async (signal) => {
		const { process, line } = await start('--port', '0');
		const { url, apiKeys } = JSON.parse(line) as { url: string; apiKeys: object };
		expect(line.trim().split('\n')).toHaveLength(1);
		expect(Object.keys(apiKeys)).toEqual(['openai', 'anthropic', 'google', 'compatible']);
		expect((await wire(`${url}/__sandbox/health`)).json).toEqual({ ok: true });
		const [first] = recordings();
		const call = callOf('Anthropic');
		const reply = await chat(url, call, first?.question ?? '');
		expect(textOf(call, reply)).toBe(
			first?.answers.find(({ model }) => model === call.model)?.text,
		);
		const ended = exitOf(process);
		process.kill(signal);
		expect(await ended).toBe(0);
	},
);

test('says what is wrong with a port and ends with 1', async () => {
	const process = spawn(globalThis.process.execPath, [script, '--port', 'many']);
	const said: string[] = [];
	process.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
	expect(await exitOf(process)).toBe(1);
	expect(said.join('')).toContain('--port must be a number from 0 to 65535, got "many"');
});
