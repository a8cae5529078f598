import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DEFAULT_API_KEYS } from '../sandbox/index';
import { chain, items, MANUAL, router } from './support/chain';
import { saveCredential } from './support/credentials';
import { runWorkflow, type Execution } from './support/executions';
import { startTestBed, type TestBed } from './support/testBed';
import { createWorkflow } from './support/workflows';

const MINI = 'openai/gpt-4o-mini-2024-07-18';
const HAIKU = 'anthropic/claude-3-5-haiku-20241022';
/** Of a vendor that puts the key into all that it says. */
const ECHOED = 'echoed-key-5f1c9a7be2d04836';
const SECRETS = [...Object.values(DEFAULT_API_KEYS).flat(), ECHOED];
const WAYS_TO_FAIL = [
	'401',
	'403',
	'429-ms-10',
	'500',
	'reset',
	'reset-mid-body',
	'truncated-json',
];

/** Answers with an error, or an answer, full of the key that it was sent. */
async function startEcho(): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		request.resume();
		const said = `${request.headers.authorization}`;
		const isGood = request.url?.startsWith('/good') === true;
		response.writeHead(isGood ? 200 : 400, {
			'content-type': 'application/json',
			'x-request-id': said,
			'retry-after': said,
		});
		const message = { role: 'assistant', content: `You are ${said}` };
		response.end(
			JSON.stringify(
				isGood
					? {
							id: said,
							object: 'chat.completion',
							created: 1,
							model: said,
							system_fingerprint: said,
							choices: [{ index: 0, message, finish_reason: 'stop' }],
							usage: { prompt_tokens: 1, completion_tokens: 1 },
						}
					: { error: { message: `Wrong: ${said}`, type: said, param: said, code: said } },
			),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('keys in the real n8n', () => {
	let bed: TestBed;
	let echo: Awaited<ReturnType<typeof startEcho>>;
	const executions: Execution[] = [];

	before(async () => {
		[bed, echo] = await Promise.all([
			startTestBed({ env: { N8N_LOG_LEVEL: 'debug', CODE_ENABLE_STDOUT: 'true' } }),
			startEcho(),
		]);
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			for (const ending of [...WAYS_TO_FAIL.map((fault) => `--fault-${fault}`), '']) {
				await run([`${MINI}${ending}`, HAIKU], bed.credentials, onError);
			}
			for (const answer of ['good', 'bad']) {
				const credential = await saveCredential(bed.session, {
					name: `Echo ${answer}`,
					type: 'multiModelOpenAiCompatibleApi',
					data: { apiKey: ECHOED, baseUrl: `${echo.url}/${answer}` },
				});
				await run(['openaiCompatible/echo'], [credential], onError);
			}
		}
	});
	after(async () => {
		echo.server.closeAllConnections();
		echo.server.close();
		await bed.stop();
	});

	async function run(
		models: readonly string[],
		credentials: TestBed['credentials'],
		onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput',
	): Promise<void> {
		const workflow = chain(`Secrets ${models[0]} ${onError}`, [
			MANUAL,
			items([{ prompt: 'Hello' }]),
			{
				...router(models, credentials, {
					output: { includeRaw: true },
					reliability: { maxRetries: 1 },
				}),
				onError,
			},
		]);
		const { id } = await createWorkflow(bed.session, workflow);
		executions.push(await runWorkflow(bed.session, id, MANUAL.name));
	}

	it('stand in no item, error or hint', () => {
		assert.equal(executions.length, 3 * (WAYS_TO_FAIL.length + 3));
		for (const execution of executions) {
			const told = JSON.stringify([
				execution.error,
				...execution.nodes.flatMap((name) => [
					execution.items(name, 0),
					execution.items(name, 1),
					execution.runs(name),
				]),
			]);
			assert.deepEqual(found(told), [], execution.id);
		}
	});

	it('were echoed, and are masked there', () => {
		const told = JSON.stringify(
			executions.map(({ error, nodes, items: of }) => [
				error,
				nodes.map((name) => [of(name, 0), of(name, 1)]),
			]),
		);
		assert.match(told, /You are Bearer \[key removed\]/);
		assert.match(told, /Wrong: Bearer \[key removed\]/);
	});

	it('stand in no log line', () => {
		assert.notEqual(bed.n8n.log(), '');
		assert.deepEqual(found(bed.n8n.log()), []);
	});

	it("stand nowhere in n8n's folder: database, binary data, crash journal", async (test) => {
		// What is not yet in the database file stands in the log beside it.
		const files = await filesUnder(path.join(bed.n8n.userFolder, '.n8n'));
		let bytes = 0;
		for (const file of files) {
			const content = await readFile(file);
			bytes += content.length;
			assert.deepEqual(found(content.toString('latin1')), [], file);
		}
		test.diagnostic(`${files.length} files, ${Math.round(bytes / 1024)} KB`);
		// The search would find one: what was asked stands there.
		const stored = await Promise.all(files.map(async (file) => await readFile(file, 'latin1')));
		assert.ok(stored.some((content) => content.includes('You are Bearer')));
	});
});

function found(text: string): string[] {
	return SECRETS.filter(
		(secret) =>
			text.includes(secret) || text.includes(Buffer.from(secret).toString('base64').slice(0, -2)),
	);
}

async function filesUnder(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => path.join(parentPath, name))
		.filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`));
}
