import * as z from 'zod/v4-mini';
import { chain, router } from '../e2e/support/chain';
import type { StoredCredential } from '../e2e/support/credentials';
import type { Session } from '../e2e/support/session';
import { activateWorkflow, createWorkflow } from '../e2e/support/workflows';
import type { Answered, Asked, Caller } from './caller';
import { BASELINE, type Received } from './scenario';

const attemptSchema = z.looseObject({
	model: z.string(),
	outcome: z.string(),
	status: z.optional(z.number()),
});
const answerSchema = z.object({
	text: z.string(),
	model: z.string(),
	usage: z.object({ inputTokens: z.optional(z.number()), outputTokens: z.optional(z.number()) }),
	attempts: z.array(attemptSchema),
});
const errorSchema = z.object({
	error: z.string(),
	details: z.object({ code: z.string(), attempts: z.array(attemptSchema) }),
});
const chunkSchema = z.object({ type: z.string(), content: z.optional(z.string()) });

type Mode = 'item' | 'stream';

/**
 * The Multi-Model Router of the packed package, in the real n8n, behind a production webhook. As
 * `item` the caller gets the node's output item, as `stream` the words while they are written.
 */
export function routerCaller(
	session: Session,
	credentials: readonly StoredCredential[],
	mode: Mode,
): Caller {
	const paths = new Map<string, Promise<string>>();
	const pathOf = async (asked: Asked): Promise<string> => {
		const shape = JSON.stringify([
			asked.second === undefined,
			asked.hedgeAfterSeconds,
			asked.timeoutSeconds,
			providerOf(asked.first),
		]);
		const path = paths.get(shape) ?? publish(session, credentials, mode, asked, paths.size);
		paths.set(shape, path);
		return await path;
	};
	return {
		name: mode === 'item' ? 'Multi-Model Router' : 'Multi-Model Router, streaming',
		prepare: pathOf,
		ask: async (asked) => {
			const { prompt, first, second } = asked;
			const response = await fetch(`${session.url}/webhook/${await pathOf(asked)}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ prompt, first, second }),
			});
			const text = await response.text();
			return mode === 'item' ? readItem(text) : readStream(text);
		},
	};
}

/** Workflows are published one after the other: n8n's API is not made for a crowd. */
let publishing: Promise<unknown> = Promise.resolve();

async function publish(
	session: Session,
	credentials: readonly StoredCredential[],
	mode: Mode,
	{ first, second, hedgeAfterSeconds, timeoutSeconds }: Asked,
	index: number,
): Promise<string> {
	const path = `faults-${mode}-${index}`;
	const models = [
		'={{ $json.body.first }}',
		...(second === undefined ? [] : ['={{ $json.body.second }}']),
	];
	const providers = [providerOf(first), ...(second === undefined ? [] : [providerOf(second)])];
	const workflow = chain(path, [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			parameters: {
				path,
				httpMethod: 'POST',
				responseMode: mode === 'item' ? 'lastNode' : 'streaming',
			},
		},
		{
			...router(models, credentials, {
				providers: [...new Set(providers)],
				prompt: '={{ $json.body.prompt }}',
				caching: { mode: 'off' },
				reliability: {
					maxRetries: BASELINE.maxRetries,
					timeoutSeconds: timeoutSeconds ?? BASELINE.timeoutSeconds,
					...(hedgeAfterSeconds === undefined ? {} : { hedgeAfterSeconds }),
				},
			}),
			...(mode === 'item' ? { onError: 'continueRegularOutput' as const } : {}),
		},
	]);
	const published = publishing.then(async () => {
		const stored = await createWorkflow(session, workflow);
		await activateWorkflow(session, stored);
	});
	publishing = published.catch(() => undefined);
	await published;
	return path;
}

function providerOf(model: string): string {
	return model.split('/')[0] ?? '';
}

function readItem(text: string): Answered {
	const item = parsed(text);
	const answer = z.safeParse(answerSchema, item);
	if (answer.success) {
		const { model, usage, attempts } = answer.data;
		return { received: { kind: 'answer', text: answer.data.text, model, ...usage }, attempts };
	}
	const failed = z.safeParse(errorSchema, item);
	if (!failed.success) return { received: nothing(text) };
	const { error, details } = failed.data;
	return {
		received: { kind: 'error', message: error, shown: '' },
		attempts: details.attempts,
	};
}

/** A stream tells no usage and no model: those stand in the execution. */
function readStream(text: string): Answered {
	const lines = text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => z.safeParse(chunkSchema, parsed(line)));
	const chunks = lines.flatMap((line) => (line.success ? [line.data] : []));
	const shown = chunks
		.filter(({ type }) => type === 'item')
		.map(({ content = '' }) => content)
		.join('');
	const last = chunks.at(-1);
	if (last?.type === 'error') {
		return { received: { kind: 'error', message: last.content ?? '', shown } };
	}
	if (last?.type !== 'end' || shown === '') return { received: nothing(text) };
	return { received: { kind: 'answer', text: shown } };
}

function nothing(text: string): Received {
	return { kind: 'nothing', message: `neither answer nor error: ${text.slice(0, 120)}` };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
