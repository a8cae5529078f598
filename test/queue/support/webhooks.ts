import { randomUUID } from 'node:crypto';
import { chain, router } from '../../e2e/support/chain';
import { activateWorkflow, createWorkflow } from '../../e2e/support/workflows';
import type { QueueMode } from './queueMode';

/** What came back from one execution. */
export interface Reply {
	readonly status: number;
	readonly json: Readonly<Record<string, unknown>>;
	readonly sentAtMs: number;
	readonly endedAtMs: number;
}

export interface Webhook {
	readonly workflowId: string;
	/** One execution that asks for this; sent again when its worker dies, as a sender of webhooks does. */
	readonly call: (prompt: string) => Promise<Reply>;
	/** Many executions, so many under way at a time. */
	readonly callAll: (prompts: readonly string[], atATime: number) => Promise<Reply[]>;
	/** Executions that had to be sent again. */
	readonly resent: () => number;
}

export const MODEL = 'openai/gpt-4o-mini-2024-07-18';
const TRIES = 5;

/** A workflow behind a webhook: one Router with its state in Redis, whose last item is the reply. */
export async function openWebhook(
	{ main, session, credentials }: QueueMode,
	name: string,
	{ settings = {}, ...parameters }: Record<string, unknown> = {},
): Promise<Webhook> {
	const path = randomUUID();
	const model = `${MODEL}--tag-${name}`;
	const asking = router([model], credentials, {
		prompt: '={{ $json.body.prompt }}',
		candidates: { values: [{ model: { __rl: true, mode: 'id', value: model }, settings }] },
		sharedState: 'redis',
		...parameters,
	});
	const workflow = await createWorkflow(
		session,
		chain(name, [
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				webhookId: path,
				parameters: { path, httpMethod: 'POST', responseMode: 'lastNode' },
			} as never,
			// A refused item is an item too: the execution itself goes well.
			{ ...asking, onError: 'continueRegularOutput' },
		]),
	);
	await activateWorkflow(session, workflow);
	let resent = 0;

	const send = async (prompt: string): Promise<Reply> => {
		const sentAtMs = Date.now();
		const response = await fetch(`${main.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ prompt }),
		});
		const text = await response.text();
		const json = response.ok ? (JSON.parse(text) as Reply['json']) : { body: text };
		return { status: response.status, json, sentAtMs, endedAtMs: Date.now() };
	};
	const call = async (prompt: string): Promise<Reply> => {
		for (let attempt = 1; ; attempt++) {
			const reply = await send(prompt);
			if (reply.status < 500 || attempt === TRIES) return reply;
			resent++;
		}
	};
	return {
		workflowId: workflow.id,
		call,
		callAll: async (prompts, atATime) => {
			const replies: Reply[] = [];
			const left = [...prompts.entries()];
			const work = async () => {
				for (let next = left.shift(); next !== undefined; next = left.shift()) {
					const [index, prompt] = next;
					replies[index] = await call(prompt);
				}
			};
			await Promise.all(Array.from({ length: atATime }, work));
			return replies;
		},
		resent: () => resent,
	};
}
