// @ts-check

const FRAMES = ['|', '/', '-', '\\'];
const SPIN_EVERY_MS = 120;
const LOG_EVERY_MS = 10_000;

/**
 * Shows that something long is under way: a spinner on a terminal, a line every ten seconds in a
 * log. What is over within a second leaves no trace.
 *
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
	const startedAtMs = Date.now();
	const seconds = () => Math.round((Date.now() - startedAtMs) / 1000);
	const stop = process.stdout.isTTY ? spin(label, seconds) : log(label, seconds);
	try {
		const result = await work();
		stop();
		if (seconds() >= 1) console.log(`${label}: done in ${seconds()} s`);
		return result;
	} catch (error) {
		stop();
		console.log(`${label}: failed after ${seconds()} s`);
		throw error;
	}
}

/**
 * @param {string} label
 * @param {() => number} seconds
 */
function spin(label, seconds) {
	let frame = 0;
	const draw = () => {
		frame = (frame + 1) % FRAMES.length;
		process.stdout.write(`\r${FRAMES[frame]} ${label} (${seconds()} s)`);
	};
	const timer = setInterval(draw, SPIN_EVERY_MS);
	return () => {
		clearInterval(timer);
		process.stdout.write('\r\u001b[K');
	};
}

/**
 * @param {string} label
 * @param {() => number} seconds
 */
function log(label, seconds) {
	const timer = setInterval(() => console.log(`${label} ... ${seconds()} s`), LOG_EVERY_MS);
	return () => clearInterval(timer);
}
