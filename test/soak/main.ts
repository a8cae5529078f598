/**
 * The engine under load for as long as asked: calls at a fixed rate to a sandbox in a process of its
 * own, a tenth of them faulty. Prints what grew and exits with 1 where something did.
 */
import { fork } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
	apiKeyOf,
	EngineError,
	executeChat,
	type Plan,
	type VendorCandidate,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { planOf } from '../support/scriptedEngine';
import { seededRandom } from '../support/seededRandom';
import { growth, slopePerHour, type Sample } from './growth';

const CALLS_PER_SECOND = 50;
const FAULTY_SHARE = 0.1;
const FAULTS = [
	'500',
	'503',
	'429-ms-200',
	'reset',
	'reset-mid-body',
	'truncated-json',
	'empty-answer',
	'hang',
	'stall-mid-body',
	'context-length',
];
const LIMITS = { heapMegabytes: 5, handles: 20, loopDelayP99Ms: 50 };
const SAMPLES = 40;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const durationMs = Number(values.minutes) * 60_000;
if (!(durationMs > 0)) throw new Error(`--minutes must be more than 0, got ${values.minutes}`);

let unhandled = 0;
process.on('unhandledRejection', (reason) => {
	unhandled++;
	console.error('Unhandled rejection:', reason);
});

const sandbox = fork(process.env.SANDBOX_PROGRAM ?? '', [], {
	stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const { url, apiKeys } = await new Promise<{ url: string; apiKeys: Record<string, [string]> }>(
	(resolve) => sandbox.stdout?.once('data', (line: Buffer) => resolve(JSON.parse(String(line)))),
);

const random = seededRandom(7);
const signal = new AbortController().signal;
setMaxListeners(0, signal);
const MODELS = [
	{ provider: 'openai', path: 'openai/v1', model: 'gpt-4o-mini' },
	{ provider: 'anthropic', path: 'anthropic/v1', model: 'claude-3-5-haiku-20241022' },
	{ provider: 'google', path: 'google/v1beta', model: 'gemini-1.5-flash' },
] as const;

function candidate(index: number, suffix: string): VendorCandidate {
	const { provider, path, model } = MODELS[index % MODELS.length] ?? MODELS[0];
	return {
		kind: 'vendor',
		id: `${provider}/${model}${suffix}`,
		provider,
		modelId: `${model}${suffix}`,
		settings: {},
		limits: { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000 },
		price: { inputPriceUsd: 1, outputPriceUsd: 2 },
		weight: 1,
		connection: {
			provider,
			baseUrl: `${url}/${path}`,
			keys: [apiKeyOf(apiKeys[provider]?.[0] ?? '')],
			identity: provider,
		},
	};
}

const counts = { asked: 0, answered: 0, failed: 0, open: 0 };

async function ask(index: number): Promise<void> {
	const isFaulty = random() < FAULTY_SHARE;
	const fault = FAULTS[Math.floor(random() * FAULTS.length)];
	const changes: Partial<Plan> = {
		attemptTimeoutMs: 2_000,
		deadlineMs: 20_000,
		retry: { maxRetries: 1, maxAttempts: 6, baseDelayMs: 50, maxDelayMs: 200 },
		...(index % 10 === 0
			? { cache: { mode: 'exact', ttlMs: 60_000, scope: 'soak', refresh: false } }
			: {}),
	};
	const plan = planOf(
		[candidate(index, isFaulty ? `--fault-${fault}` : ''), candidate(index + 1, '')],
		changes,
	);
	counts.asked++;
	counts.open++;
	const content = `Tell me about the number ${index % 200}.`;
	try {
		await executeChat(
			{ messages: [{ role: 'user', content }], outputFormat: 'text' },
			plan,
			// Every fifth is watched: its answer streams.
			{ runtime: runtime(), signal, ...(index % 5 === 0 ? { onText: () => undefined } : {}) },
		);
		counts.answered++;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		counts.failed++;
	} finally {
		counts.open--;
	}
}

/** The sandbox keeps every call: it would be the one that grows. */
async function clearLog(): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		request(`${url}/__sandbox/calls`, { method: 'DELETE', agent: false }, (response) => {
			response.resume().once('end', resolve);
		})
			.once('error', reject)
			.end();
	});
}

const samples: Sample[] = [];
const delay = monitorEventLoopDelay({ resolution: 5 });
const startedAtMs = Date.now();
const everyMs = durationMs / SAMPLES;
for (let next = everyMs; Date.now() - startedAtMs < durationMs; ) {
	const due = Math.floor(((Date.now() - startedAtMs) / 1000) * CALLS_PER_SECOND);
	while (counts.asked < due) void ask(counts.asked);
	if (Date.now() - startedAtMs >= next) {
		next += everyMs;
		delay.disable();
		await clearLog();
		globalThis.gc?.();
		samples.push({
			atMs: Date.now() - startedAtMs,
			heapMegabytes: process.memoryUsage().heapUsed / 1024 / 1024,
			handles: process.getActiveResourcesInfo().length,
		});
		// From here on all code is loaded; collections of our own do not count.
		delay.enable();
	}
	await sleep(10);
}
while (counts.open > 0) await sleep(50);
delay.disable();
await runtime().close();
sandbox.kill();
const loopDelayP99Ms = delay.percentile(99) / 1e6;

const heap = growth(samples.map(({ heapMegabytes }) => heapMegabytes));
const handles = growth(samples.map((sample) => sample.handles));
const rows: ReadonlyArray<readonly [string, string, boolean]> = [
	['calls asked', `${counts.asked} in ${(durationMs / 60_000).toFixed(1)} min`, true],
	[
		'answered, failed with an error',
		`${counts.answered}, ${counts.failed}`,
		counts.answered + counts.failed === counts.asked,
	],
	[
		'heap after collection, start and end',
		`${heap.start.toFixed(1)} and ${heap.end.toFixed(1)} MB`,
		heap.end - heap.start <= LIMITS.heapMegabytes,
	],
	['heap slope', `${slopePerHour(samples).toFixed(1)} MB an hour`, true],
	[
		'handles, start and end',
		`${handles.start.toFixed(0)} and ${handles.end.toFixed(0)}`,
		handles.end - handles.start <= LIMITS.handles,
	],
	[
		'event-loop delay, p50 and p99',
		`${(delay.percentile(50) / 1e6).toFixed(1)} and ${loopDelayP99Ms.toFixed(1)} ms`,
		loopDelayP99Ms < LIMITS.loopDelayP99Ms,
	],
	['unhandled rejections', String(unhandled), unhandled === 0],
];
console.log(
	`| soak: ${CALLS_PER_SECOND} calls/s, ${FAULTY_SHARE * 100} % faulty | measured | holds |`,
);
console.log('| --- | ---: | --- |');
for (const [what, measured, holds] of rows) {
	console.log(`| ${what} | ${measured} | ${holds ? 'yes' : 'NO'} |`);
}
process.exitCode = rows.every(([, , holds]) => holds) ? 0 : 1;
