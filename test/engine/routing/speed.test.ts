import '../../support/timed';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { buildSync } from 'esbuild';

/** Written so that it runs alone: under jest every call into another file is dear. */
const PROGRAM = `
import { decideTier, taskOf } from './engine/routing/decideTier';
import { languageOf } from './engine/routing/language';
const words = 'the router reads every prompt once and weighs 12 words, numbers and signs before it decides ';
const prompts = {
	'100 characters': words.repeat(2).slice(0, 100),
	'1,000 characters': words.repeat(11).slice(0, 1_000),
	'10,000 characters': words.repeat(110).slice(0, 10_000),
	'5 MB': words.repeat(60_000).slice(0, 5_000_000),
	'5 MB of lone surrogates': '\\ud800'.repeat(5_000_000),
};
const judges = { decideTier: (prompt) => decideTier(prompt, 0.5), taskOf, languageOf };
// The fastest of many runs: what the work takes, not what else the machine does meanwhile.
const fastestMs = (work) => {
	let fastest = Infinity;
	for (let run = 0; run < 2_000; run++) {
		const from = performance.now();
		work();
		fastest = Math.min(fastest, performance.now() - from);
	}
	return fastest;
};
const times = Object.entries(prompts).flatMap(([name, prompt]) =>
	Object.entries(judges).map(([judge, judged]) => [judge + ', ' + name, fastestMs(() => judged(prompt))]),
);
console.log(JSON.stringify(times));
`;

test('every judgement takes less than 0.2 ms, however long the prompt', () => {
	const { outputFiles } = buildSync({
		stdin: { contents: PROGRAM, resolveDir: path.join(__dirname, '..', '..', '..'), loader: 'ts' },
		bundle: true,
		write: false,
		platform: 'node',
		format: 'cjs',
	});
	const printed = execFileSync(process.execPath, ['-'], {
		input: outputFiles[0]?.text ?? '',
		encoding: 'utf8',
	});
	const times = JSON.parse(printed) as Array<[string, number]>;
	expect(times).toHaveLength(15);
	expect(times.filter(([, ms]) => ms >= 0.2)).toEqual([]);
});
