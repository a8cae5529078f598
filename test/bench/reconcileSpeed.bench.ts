/**
 * How long Reconcile itself takes: 100,000 answers, growth with their number, and texts made to
 * make a careless pattern hang.
 */
import { reconcile } from '../../engine/reconcile';
import { reconcileSchema, type AnswerIn } from '../../engine/spec/reconcile';
import { hostileTexts } from '../support/hostileTexts';
import { readRecordedQuestions } from './recordedAnswers';

const OPTIONS = reconcileSchema.parse({});
const PANEL = 5;
const MAX_MS_FOR_100_000 = 1000;

const RUNS = 3;

/**
 * What the work takes, not what else the machine does: the fastest of a few runs, by the clock or
 * by the processor, whichever is less.
 */
function elapsedMs(work: () => void): number {
	const times = Array.from({ length: RUNS }, () => {
		const start = performance.now();
		const startCpu = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(startCpu);
		return Math.min(performance.now() - start, (user + system) / 1000);
	});
	return Math.min(...times);
}

function inPanels(answers: readonly AnswerIn[]): void {
	for (let start = 0; start + PANEL <= answers.length; start += PANEL) {
		reconcile(answers.slice(start, start + PANEL), OPTIONS);
	}
}

/** Every text different, so that nothing is gained by remembering one. */
function make(count: number, text: (index: number) => string): AnswerIn[] {
	return Array.from({ length: count }, (_, index) => ({
		model: `model-${index % PANEL}`,
		text: text(index),
	}));
}

const recorded = readRecordedQuestions().questions.flatMap(({ answers }) =>
	answers.filter(({ text }) => text !== ''),
);
const averageLength = Math.round(
	recorded.reduce((sum, { text }) => sum + text.length, 0) / recorded.length,
);
const KINDS: ReadonlyArray<readonly [string, (index: number) => string]> = [
	['short ("The answer is 42.")', (index) => `The answer is ${Math.floor(index / PANEL)}.`],
	[
		`recorded (${averageLength} characters on average)`,
		(index) => `${recorded[index % recorded.length]?.text} `,
	],
	['prose (300 characters)', (index) => `${index} `.padEnd(300, 'Words, and more words. ')],
];

inPanels(make(20_000, (index) => `The answer is ${index}.`));
const failed: string[] = [];
for (const [name, text] of KINDS) {
	const times = [25_000, 50_000, 100_000].map((count) => {
		const answers = make(count, text);
		return elapsedMs(() => inPanels(answers));
	});
	const oneGroup = make(100_000, text);
	const oneGroupMs = elapsedMs(() => reconcile(oneGroup, OPTIONS));
	console.log(
		`${name}: 25,000 / 50,000 / 100,000 answers in panels of ${PANEL}: ` +
			`${times.map((ms) => ms.toFixed(0)).join(' / ')} ms; 100,000 in one group: ` +
			`${oneGroupMs.toFixed(0)} ms`,
	);
	if (Math.max(times[2] ?? Infinity, oneGroupMs) > MAX_MS_FOR_100_000) failed.push(name);
}

let slowest = { name: '', ms: 0 };
for (const [name, text] of Object.entries(hostileTexts(5_000_000))) {
	const ms = elapsedMs(() =>
		reconcile(
			make(2, (index) => `${text}${index}`),
			OPTIONS,
		),
	);
	if (ms > slowest.ms) slowest = { name, ms };
}
console.log(
	`Two hostile answers of 5 MB: at most ${slowest.ms.toFixed(0)} ms (${slowest.name}), ` +
		`${Object.keys(hostileTexts(10)).length} kinds`,
);
if (failed.length > 0) {
	console.error(`Over ${MAX_MS_FOR_100_000} ms: ${failed.join('; ')}`);
	process.exitCode = 1;
}
