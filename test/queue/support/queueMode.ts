import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, QUIET_N8N } from '../../e2e/support/childEnvironment';
import { startProgram, type ChildProgram } from '../../e2e/support/childProcess';
import { saveCredential, type StoredCredential } from '../../e2e/support/credentials';
import { readHost, type Host } from '../../e2e/support/host';
import { startN8n, type RunningN8n } from '../../e2e/support/n8nProcess';
import { installIntoNodesFolder } from '../../e2e/support/nodesFolder';
import { freePort } from '../../e2e/support/ports';
import { sandboxCredentials } from '../../e2e/support/sandboxCredentials';
import { signIn, type Session } from '../../e2e/support/session';
import { makeTemporaryFolder } from '../../e2e/support/temporaryFolder';
import { OWNER } from '../../e2e/support/testBed';
import { startSandbox, type Sandbox } from '../../sandbox/index';
import { startPostgres } from './postgres';
import { startRedis, type RedisServer } from './redisServer';

/** One main process and two workers, with servers of their own. */
export interface QueueMode {
	readonly main: RunningN8n;
	readonly workers: readonly ChildProgram[];
	/** Starts a further worker. */
	readonly addWorker: () => Promise<ChildProgram>;
	/** Ours alone: n8n's queue has another one. */
	readonly redis: RedisServer;
	readonly sandbox: Sandbox;
	readonly session: Session;
	readonly credentials: readonly StoredCredential[];
	readonly stop: () => Promise<void>;
}

const READY_LIMIT_MS = 180_000;
const POLL_MS = 100;
/** Executions that a worker has at the same time. */
const WORKER_CONCURRENCY = 25;

export async function startQueueMode(): Promise<QueueMode> {
	const host = readHost();
	const { folder, remove } = await makeTemporaryFolder();
	const userFolder = path.join(folder, 'n8n');
	const [postgres, queue, redis, sandbox] = await Promise.all([
		startPostgres(process.env.POSTGRES_FOLDER ?? ''),
		startRedis(),
		startRedis(['--requirepass', REDIS_PASSWORD]),
		startSandbox(),
		installIntoNodesFolder(host, userFolder),
	]);
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: postgres.user,
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: 'throw-away key of a test',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(queue.port),
		// A worker that is gone is noticed within seconds rather than a minute.
		QUEUE_WORKER_LOCK_DURATION: '6000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
		QUEUE_WORKER_STALLED_INTERVAL: '2000',
	};
	const main = await startN8n(host, { userFolder, env });
	const workers: ChildProgram[] = [];
	const addWorker = async () => {
		const worker = await startWorker(host, userFolder, env);
		workers.push(worker);
		return worker;
	};
	await addWorker();
	await addWorker();
	const session = await signIn(main.url, OWNER);
	const credentials: StoredCredential[] = [];
	for (const credential of [...sandboxCredentials(sandbox.url), redisCredential(redis)]) {
		credentials.push(await saveCredential(session, credential));
	}
	return {
		main,
		workers,
		addWorker,
		redis,
		sandbox,
		session,
		credentials,
		stop: async () => {
			await Promise.all(workers.map(async (worker) => await worker.stop()));
			await main.stop();
			await Promise.all([postgres.stop(), queue.remove(), redis.remove(), sandbox.close()]);
			await remove();
		},
	};
}

export const REDIS_PASSWORD = 'throw-away-password';

/** What the Redis credential of the workflows holds. */
export function redisCredential({ url }: RedisServer) {
	return {
		name: 'Shared Redis',
		type: 'multiModelRedisApi',
		data: {
			url,
			password: REDIS_PASSWORD,
			encryptionKey: 'a key for answers at rest',
			keyPrefix: 'multi-model:',
			cluster: false,
		},
	};
}

async function startWorker(
	host: Host,
	userFolder: string,
	env: Readonly<Record<string, string>>,
): Promise<ChildProgram> {
	await mkdir(userFolder, { recursive: true });
	const healthPort = await freePort();
	const worker = startProgram({
		node: host.node24,
		script: host.n8nScript,
		args: ['worker', `--concurrency=${WORKER_CONCURRENCY}`],
		cwd: userFolder,
		env: childEnvironment(
			{
				...QUIET_N8N,
				...env,
				N8N_USER_FOLDER: userFolder,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			},
			[path.dirname(host.node24)],
		),
	});
	const giveUpAtMs = Date.now() + READY_LIMIT_MS;
	for (;;) {
		const url = `http://127.0.0.1:${healthPort}/healthz/readiness`;
		const response = await fetch(url).catch(() => undefined);
		if (response?.ok) return worker;
		if (Date.now() > giveUpAtMs) {
			await worker.stop();
			throw new Error(`A worker was not ready. Its last words:\n${worker.log().slice(-4000)}`);
		}
		await sleep(POLL_MS);
	}
}
