import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const LIB = pathToFileURL(join(__dirname, '..', '..', 'scripts', 'lib')).href;

export interface ModuleRun {
	readonly child: ChildProcess;
	/** What it printed, once it has ended by whatever means. */
	readonly printed: Promise<string>;
	/** Settles when it has printed this. */
	readonly until: (text: string) => Promise<void>;
}

/** Runs a program that uses `scripts/lib` the way npm runs our scripts: in a process of its own. */
export function runModule(program: (lib: string) => string): ModuleRun {
	const child = spawn(process.execPath, ['--input-type=module', '-e', program(LIB)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	const onText = new Set<() => void>();
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		text += chunk;
		for (const listener of onText) listener();
	});
	return {
		child,
		printed: new Promise((resolve) => child.on('close', () => resolve(text))),
		until: async (wanted) =>
			await new Promise((resolve) => {
				const look = () => {
					if (text.includes(wanted)) resolve();
				};
				onText.add(look);
				look();
			}),
	};
}
