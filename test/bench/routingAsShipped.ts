import { spawnSync } from 'node:child_process';
import { buildSync } from 'esbuild';

const PROGRAM = 'test/bench/routingSpeedProgram.ts';

/**
 * Times are those of the code as it is shipped (one minified file, as `gulpfile.js` makes them), in a
 * process of its own, where nothing else has run before. Returns the bars that are missed.
 */
export function reportSpeedAsShipped(): string[] {
	const { outputFiles } = buildSync({
		entryPoints: [PROGRAM],
		bundle: true,
		write: false,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		minify: true,
		external: ['n8n-workflow'],
		logLevel: 'error',
	});
	const { stderr, status } = spawnSync(process.execPath, ['-'], {
		input: outputFiles[0]?.text ?? '',
		encoding: 'utf8',
		stdio: ['pipe', 'inherit', 'pipe'],
	});
	if (status !== 0) throw new Error(`The times could not be taken: ${stderr}`);
	return JSON.parse(stderr) as string[];
}
