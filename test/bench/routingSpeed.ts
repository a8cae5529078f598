import { decideTier, taskOf } from '../../engine/routing/decideTier';
import { languageOf } from '../../engine/routing/language';
import { openModel, shippedModel } from '../../engine/routing/model';
import { quantile } from '../../scripts/train/rankMetrics';
import { printTable } from './routingPrint';

const RUNS = 2000;
/** Until the compiler has seen what is hot, on a busy machine too. */
const WARM_UP_MS = 300;
const WORDS =
	'the router reads every prompt once and weighs 12 words, numbers and signs before it decides ';

const typical = WORDS.repeat(11).slice(0, 1000);

const PROMPTS: ReadonlyArray<readonly [string, string]> = [
	['100 characters', typical.slice(0, 100)],
	['1,000 characters', typical],
	['10,000 characters', WORDS.repeat(110).slice(0, 10_000)],
	['1 MB', WORDS.repeat(11_000).slice(0, 1_000_000)],
	['1 MB of lone surrogates', '\ud800'.repeat(1_000_000)],
];

const BARS_MS = { decideTier: 0.2, taskOf: 0.1, languageOf: 0.1 } as const;

const CALLS = {
	decideTier: (prompt: string) => decideTier(prompt, 0.5),
	taskOf: (prompt: string) => taskOf(prompt),
	languageOf: (prompt: string) => languageOf(prompt),
} as const;

/** Milliseconds of one call: median and 95th percentile. */
function time(call: () => unknown): readonly [number, number] {
	const warmUntil = performance.now() + WARM_UP_MS;
	while (performance.now() < warmUntil) call();
	const spent = Array.from({ length: RUNS }, () => {
		const from = performance.now();
		call();
		return performance.now() - from;
	});
	return [quantile(spent, 0.5), quantile(spent, 0.95)];
}

/** Time of one decision; the bar holds for a typical prompt of 1,000 characters. */
export function reportSpeed(): string[] {
	const from = performance.now();
	const model = openModel(shippedModel().file);
	const openMs = performance.now() - from;
	const kilobytes = Math.round(JSON.stringify(model.file).length / 1024);
	console.log('\n## Time of one call, ms (median / 95th percentile)\n');
	const missed: string[] = [];
	const lines = PROMPTS.map(([name, prompt]) => [
		name,
		...(Object.keys(CALLS) as Array<keyof typeof CALLS>).map((call) => {
			const [median, high] = time(() => CALLS[call](prompt));
			if (prompt === typical && median > BARS_MS[call]) {
				missed.push(`${call}: ${median.toFixed(3)} ms, bar ${BARS_MS[call]} ms`);
			}
			return `${median.toFixed(3)} / ${high.toFixed(3)}`;
		}),
	]);
	printTable(['prompt', ...Object.keys(CALLS)], lines);
	console.log(`\nThe model: ${kilobytes} KB, opened in ${openMs.toFixed(1)} ms.`);
	return missed;
}
