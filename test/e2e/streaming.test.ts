import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/v4-mini';
import { chain, router } from './support/chain';
import { finishedRun, listExecutionIds } from './support/executions';
import { startTestBed, type TestBed } from './support/testBed';
import { activateWorkflow, createWorkflow } from './support/workflows';

const OPENAI = 'openai/gpt-4o-mini-2024-07-18';
const HAIKU = 'anthropic/claude-3-5-haiku-20241022';
const QUESTION = 'Write three sentences about the sea.';
const PAUSE_MS = 150;

const chunkSchema = z.object({
	type: z.string(),
	content: z.optional(z.string()),
	metadata: z.object({ nodeName: z.string(), itemIndex: z.number() }),
});

/** A line of the response, and when it arrived. */
type Arrived = z.infer<typeof chunkSchema> & { readonly atMs: number };

/** A webhook or chat whose response streams, as n8n's own nodes offer it. */
const webhook = (path: string) => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	webhookId: path,
	parameters: { path, httpMethod: 'POST', responseMode: 'streaming' },
});
const chatTrigger = (webhookId: string) => ({
	name: 'Chat',
	type: '@n8n/n8n-nodes-langchain.chatTrigger',
	typeVersion: 1.4,
	webhookId,
	parameters: { public: true, options: { responseMode: 'streaming' } },
});

async function ask(url: string, body: object): Promise<Arrived[]> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	assert.equal(response.status, 200);
	assert.ok(response.body);
	const lines: Arrived[] = [];
	let rest = '';
	const decoder = new TextDecoder();
	for await (const bytes of response.body) {
		const parts = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split('\n');
		rest = parts.pop() ?? '';
		for (const line of parts.filter((part) => part.trim() !== '')) {
			lines.push({ ...chunkSchema.parse(JSON.parse(line)), atMs: performance.now() });
		}
	}
	return lines;
}

const textOf = (lines: readonly Arrived[]) =>
	lines
		.filter(({ type }) => type === 'item')
		.map(({ content }) => content)
		.join('');

/** A local server that writes a word, waits, and writes another. */
async function slowWriter(): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		request.resume();
		const chunk = (delta: object, reason: string | null = null) => {
			const choices = [{ index: 0, delta, finish_reason: reason }];
			response.write(`data: ${JSON.stringify({ id: 'c', model: 'slow', choices })}\n\n`);
		};
		const write = async () => {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			for (const word of ['One', ' two', ' three']) {
				chunk({ content: word });
				await sleep(PAUSE_MS);
			}
			chunk({}, 'stop');
			response.end('data: [DONE]\n\n');
		};
		write().catch((error: Error) => response.destroy(error));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

describe('streaming in the real n8n', () => {
	let bed: TestBed;
	let slow: Awaited<ReturnType<typeof slowWriter>>;

	before(async () => {
		[bed, slow] = await Promise.all([startTestBed(), slowWriter()]);
	});
	after(async () => {
		slow.server.closeAllConnections();
		slow.server.close();
		await bed.stop();
	});
	beforeEach(() => {
		bed.sandbox.reset();
	});

	/** Publishes the workflow, asks once, and reads how it ended. */
	async function run(
		trigger: ReturnType<typeof webhook> | ReturnType<typeof chatTrigger>,
		models: readonly string[],
		parameters: Record<string, unknown>,
		{ path, body }: { path: string; body: object },
	) {
		const workflow = chain(trigger.webhookId, [
			trigger,
			router(models, bed.credentials, parameters),
		]);
		const stored = await createWorkflow(bed.session, workflow);
		await activateWorkflow(bed.session, stored);
		const lines = await ask(`${bed.n8n.url}/webhook/${path}`, body);
		const [executionId] = await listExecutionIds(bed.session, stored.id);
		assert.ok(executionId);
		return { lines, execution: await finishedRun(bed.session, executionId) };
	}

	it('a webhook gets the words while they are written', async (test) => {
		const { lines, execution } = await run(
			webhook('live'),
			['local/slow'],
			{ localBaseUrl: slow.url, prompt: '={{ $json.body.question }}' },
			{ path: 'live', body: { question: QUESTION } },
		);
		assert.deepEqual(
			lines.map(({ type, content }) => [type, content ?? '']),
			[
				['begin', ''],
				['item', 'One'],
				['item', ' two'],
				['item', ' three'],
				['end', ''],
			],
		);
		const gaps = lines.slice(2).map(({ atMs }, index) => atMs - (lines[index + 1]?.atMs ?? 0));
		test.diagnostic(`pauses between the words: ${gaps.map(Math.round).join(', ')} ms`);
		assert.ok(gaps.every((gapMs) => gapMs > PAUSE_MS / 2));
		assert.equal(execution.status, 'success');
		assert.equal(execution.items('Router')[0]?.text, 'One two three');
	});

	it('a chat gets the answer of the model that could answer', async () => {
		const { lines, execution } = await run(
			chatTrigger('streaming-chat'),
			[`${OPENAI}--fault-503`, HAIKU],
			{ prompt: '={{ $json.chatInput }}', reliability: { maxRetries: 0 } },
			{
				path: 'streaming-chat/chat',
				body: { action: 'sendMessage', sessionId: 'one', chatInput: QUESTION },
			},
		);
		assert.equal(execution.status, 'success', execution.error?.message);
		const [item] = execution.items('Router');
		assert.equal(item?.model, HAIKU);
		assert.equal(textOf(lines), item?.text);
		assert.ok(lines.length > 5);
		assert.deepEqual(
			bed.sandbox.calls().map(({ stream, status }) => [stream, status]),
			[
				[true, 503],
				[true, 200],
			],
		);
	});

	it('a break after the first piece is told, and no other model goes on', async () => {
		const { lines, execution } = await run(
			webhook('broken'),
			[`${OPENAI}--fault-reset-mid-body`, HAIKU],
			{ prompt: '={{ $json.body.question }}' },
			{ path: 'broken', body: { question: QUESTION } },
		);
		assert.equal(execution.status, 'error');
		assert.match(execution.error?.message ?? '', /characters were shown .* is incomplete/);
		assert.notEqual(textOf(lines), '');
		assert.equal(lines.at(-1)?.type, 'error');
		assert.match(lines.at(-1)?.content ?? '', /not the whole answer/);
		assert.equal(bed.sandbox.calls().length, 1);
	});
});
