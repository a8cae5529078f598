// @ts-check

/** What the reader can do something about: shown as its sentence, without a stack. */
export class SetupError extends Error {
	/**
	 * @param {string} message
	 * @param {string} [output] what the failed command said
	 */
	constructor(message, output = '') {
		super(message);
		this.name = 'SetupError';
		this.output = output;
	}
}

/** @param {unknown} error */
export function describeError(error) {
	if (!(error instanceof Error)) return String(error);
	// By its name: a program that was bundled throws one of its own make.
	if (error.name !== 'SetupError') return error.stack;
	const output = error instanceof SetupError ? error.output : '';
	const lines = output.trim().split('\n').slice(-40);
	const said = lines.join('').trim() === '' ? '' : `\n\n${lines.join('\n')}\n`;
	return `${said}\n${error.message}\n`;
}

/**
 * Runs a script to its exit code; a failure is one clear message and a non-zero code.
 *
 * @param {() => Promise<number | void>} work
 */
export async function runScript(work) {
	try {
		process.exitCode = (await work()) ?? 0;
	} catch (error) {
		console.error(describeError(error));
		process.exitCode = 1;
	}
}
