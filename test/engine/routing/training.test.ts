import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decideTier } from '../../../engine/routing/decideTier';
import { TASKS } from '../../../engine/spec/facts';
import { trainModel } from '../../../scripts/train/trainModel';

const PROMPTS = readFileSync(
	path.join(__dirname, '..', '..', 'fixtures', 'routing', 'prompts.jsonl'),
	'utf8',
)
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => (JSON.parse(line) as { prompt: string }).prompt.slice(0, 600));

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'routing-'));
	const write = (name: string, rows: readonly object[]) =>
		writeFileSync(
			path.join(folder, `${name}.jsonl`),
			rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
		);
	// Made-up outcomes: the longer half gains.
	const middle = [...PROMPTS].sort((a, b) => a.length - b.length)[PROMPTS.length >> 1]!.length;
	write(
		'routing-mmlu',
		PROMPTS.map((prompt, at) => ({
			prompt,
			subject: `s${at % 3}`,
			cheap_correct: prompt.length > middle ? 0 : 1,
			strong_correct: 1,
		})),
	);
	write(
		'task-labels',
		PROMPTS.map((prompt, at) => ({
			prompt,
			source: `made/up${at % 2}`,
			task: TASKS[at % TASKS.length],
		})),
	);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the same recordings give the same file, byte for byte', () => {
	const [one, other] = [0, 1].map(() => JSON.stringify(trainModel(folder, () => undefined)));
	expect(one).toBe(other);
	expect(one).not.toContain(PROMPTS[0]);
});

test('a decision reads the shipped file only', () => {
	expect(decideTier(PROMPTS[0]!, 0.5)).toEqual(decideTier(PROMPTS[0]!, 0.5));
});
