import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { trainModel } from './trainModel';

const DEFAULT_OUTPUT = 'engine/routing/difficulty.json';

const folder = process.env.MULTI_MODEL_DATA;
const output = process.argv[2] ?? DEFAULT_OUTPUT;
if (folder === undefined) {
	console.error('Set MULTI_MODEL_DATA to the folder of the recorded sets.');
	process.exitCode = 2;
} else {
	const model = trainModel(folder, console.log);
	const style = await resolveConfig(DEFAULT_OUTPUT);
	const text = await format(JSON.stringify(model), { ...style, parser: 'json' });
	writeFileSync(output, text);
	console.log(`${output}: ${Math.round(text.length / 1024)} KB`);
}
