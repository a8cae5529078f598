// @ts-check

const MOST_LINES = 40;

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
	if (!(error instanceof SetupError)) return error instanceof Error ? error.stack : String(error);
	const said = shorten(error.output.trim().split('\n')).join('\n');
	return `\n${said === '' ? '' : `${said}\n\n`}${error.message}\n`;
}

/**
 * The cause is at the beginning or at the end of what a command says.
 *
 * @param {string[]} lines
 */
function shorten(lines) {
	const half = MOST_LINES / 2;
	return lines.length <= MOST_LINES
		? lines
		: [...lines.slice(0, half), '...', ...lines.slice(-half)];
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
