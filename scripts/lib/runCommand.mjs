// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {object} CommandResult
 * @property {number} exitCode 127 when the command does not exist
 * @property {string} stdout
 * @property {string} output stdout and stderr as they came
 */

/**
 * Runs a command to its end with its output kept back.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<CommandResult>}
 */
export async function runCommand(command, args, { cwd, env } = {}) {
	const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let stdout = '';
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text) => {
		stdout += text;
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
	// A command that was started by us does not outlive us.
	const kill = () => child.kill();
	process.on('exit', kill);
	try {
		const exitCode = await new Promise((resolve) => {
			child.on('error', (error) => {
				output += error.message;
				resolve(127);
			});
			child.on('close', (code) => resolve(code ?? 1));
		});
		return { exitCode, stdout, output };
	} finally {
		process.off('exit', kill);
	}
}

/**
 * Runs a command on this terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function runVisibly(command, args, options = {}) {
	const child = spawn(command, args, { ...options, stdio: 'inherit' });
	const kill = () => child.kill();
	process.on('exit', kill);
	try {
		return await new Promise((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		process.off('exit', kill);
	}
}
