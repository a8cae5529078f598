import { DEFAULT_API_KEYS, startSandbox } from './index';

/**
 * The sandbox as a process of its own: `--port N` (default: a free one). Prints one JSON line
 * `{"url":…,"apiKeys":…}` when it is ready and ends on SIGINT or SIGTERM.
 */
async function main(): Promise<void> {
	const flag = process.argv.indexOf('--port');
	const value = flag === -1 ? '0' : (process.argv[flag + 1] ?? '');
	const port = Number(value);
	if (!/^\d+$/.test(value) || port > 65_535) {
		throw new Error(`--port must be a number from 0 to 65535, got "${value}"`);
	}
	const sandbox = await startSandbox({ port });
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	process.stdout.write(`${JSON.stringify({ url: sandbox.url, apiKeys: DEFAULT_API_KEYS })}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
