import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/v4-mini';
import { childEnvironment } from '../e2e/support/childEnvironment';
import { startProgram } from '../e2e/support/childProcess';
import { freePort } from '../e2e/support/ports';
import { DEFAULT_API_KEYS } from '../sandbox/index';
import type { Answered, Asked, Caller } from './caller';
import { BASELINE } from './scenario';

const READY_LIMIT_MS = 30_000;
/** Longer than any criterion. */
const PATIENCE_MS = 120_000;

const answerSchema = z.object({
	model: z.string(),
	choices: z.array(z.object({ message: z.object({ content: z.nullish(z.string()) }) })),
	usage: z.optional(z.object({ prompt_tokens: z.number(), completion_tokens: z.number() })),
});

/** Portkey's gateway (npm `@portkey-ai/gateway`) on loopback, with the settings of the baseline. */
export async function startPortkey(
	script: string,
	node: string,
	sandboxUrl: string,
): Promise<Caller & { readonly stop: () => Promise<void> }> {
	const port = await freePort();
	const program = startProgram({
		node,
		script,
		args: [`--port=${port}`, '--headless'],
		cwd: path.dirname(script),
		env: childEnvironment({ NODE_ENV: 'production' }),
	});
	const url = `http://127.0.0.1:${port}`;
	const giveUpAtMs = Date.now() + READY_LIMIT_MS;
	while (!(await fetch(url).catch(() => undefined))) {
		if (Date.now() > giveUpAtMs) {
			await program.stop();
			throw new Error(`Portkey's gateway did not start. Its last words:\n${program.log()}`);
		}
		await sleep(100);
	}
	return {
		name: "Portkey's gateway",
		stop: program.stop,
		ask: async (asked) => {
			const response = await fetch(`${url}/v1/chat/completions`, {
				method: 'POST',
				signal: AbortSignal.timeout(PATIENCE_MS),
				headers: {
					'content-type': 'application/json',
					'x-portkey-config': JSON.stringify(configOf(asked, sandboxUrl)),
				},
				body: JSON.stringify({
					max_tokens: 4096,
					messages: [{ role: 'user', content: asked.prompt }],
				}),
			});
			return read(response.status, await response.text());
		},
	};
}

function configOf({ first, second = '' }: Asked, sandboxUrl: string): object {
	const target = (provider: 'openai' | 'anthropic', model: string) => ({
		provider,
		api_key: DEFAULT_API_KEYS[provider][0],
		custom_host: `${sandboxUrl}/${provider}/v1`,
		override_params: { model },
		request_timeout: BASELINE.timeoutSeconds * 1000,
		retry: { attempts: BASELINE.maxRetries, use_retry_after_header: true },
	});
	return {
		strategy: { mode: 'fallback' },
		targets: [target('openai', first), target('anthropic', second)],
	};
}

function read(status: number, text: string): Answered {
	const body = parsed(text);
	const answer = z.safeParse(answerSchema, body);
	if (status === 200 && answer.success) {
		const { model, choices, usage } = answer.data;
		return {
			received: {
				kind: 'answer',
				text: choices[0]?.message.content ?? '',
				model,
				...(usage === undefined
					? {}
					: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens }),
			},
		};
	}
	if (status >= 400) return { received: { kind: 'error', message: text, shown: '' } };
	return { received: { kind: 'nothing', message: `${status}: ${text.slice(0, 120)}` } };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
