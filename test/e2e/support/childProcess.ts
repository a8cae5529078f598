import { fork, type ChildProcess } from 'node:child_process';

const KILL_AFTER_MS = 10_000;
const KEPT_LINES = 2_000;
/** Preloaded into the child: when we are gone without a word, it goes too. */
const LEAVE_WITH_PARENT = 'data:text/javascript,process.on("disconnect",()=>process.exit(1))';

export interface ChildProgram {
	/** The last lines that the program printed. */
	readonly log: () => string;
	readonly onLine: (listener: (line: string) => void) => void;
	/** Its exit code, once it has ended. */
	readonly ended: Promise<number>;
	readonly stop: () => Promise<void>;
	/** Ends it without a word, as a machine that fails does. */
	readonly kill: () => Promise<void>;
}

export interface ProgramOptions {
	/** Executable that runs the script. */
	readonly node: string;
	readonly script: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
}

/** Starts a Node program that lives as long as it is wanted, and never longer than this process. */
export function startProgram({ node, script, args, cwd, env }: ProgramOptions): ChildProgram {
	const child = fork(script, args, {
		execPath: node,
		execArgv: ['--import', LEAVE_WITH_PARENT],
		cwd,
		env,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		// A group of its own: Ctrl-C reaches only us, and we stop it in order.
		detached: process.platform !== 'win32',
	});
	const lines: string[] = [];
	const listeners = new Set<(line: string) => void>();
	for (const stream of [child.stdout, child.stderr]) {
		readLines(stream, (line) => {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			for (const listener of listeners) listener(line);
		});
	}
	const ended = new Promise<number>((resolve) => {
		child.on('error', (error) => {
			lines.push(error.message);
			resolve(127);
		});
		child.on('close', (exitCode) => resolve(exitCode ?? 1));
	});
	const killNow = () => kill(child, 'SIGKILL');
	process.once('exit', killNow);
	void ended.then(() => process.off('exit', killNow));

	return {
		log: () => lines.join('\n'),
		onLine: (listener) => {
			listeners.add(listener);
		},
		ended,
		stop: async () => {
			kill(child, 'SIGTERM');
			const timer = setTimeout(killNow, KILL_AFTER_MS);
			await ended;
			clearTimeout(timer);
		},
		kill: async () => {
			killNow();
			await ended;
		},
	};
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
	let rest = '';
	stream?.setEncoding('utf8');
	stream?.on('data', (text: string) => {
		const lines = `${rest}${text}`.split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) onLine(line);
	});
	stream?.on('end', () => {
		if (rest !== '') onLine(rest);
	});
}

/** The program's helpers too (n8n's task runner): a group is addressed by the negative number. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// It ended in between.
	}
}
