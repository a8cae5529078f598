import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const QUESTION_KINDS = ['numeric', 'choice'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface RecordedAnswer {
	readonly model: string;
	/** The model's raw text. */
	readonly text: string;
	/** What the data set's own rule read out of it; absent where it found nothing. */
	readonly final?: string;
}

/** A question with the answers that real models gave to it. */
export interface Recording {
	readonly id: string;
	readonly kind: QuestionKind;
	readonly question: string;
	/** The right answer: a number, or the number of the right option. */
	readonly truth: string;
	readonly answers: readonly RecordedAnswer[];
}

const FOLDER = join('test', 'fixtures', 'recorded');

/** Reads the recorded answers; where they come from is told in `test/fixtures/SOURCES.md`. */
function readRecordings(folder: string = findFolder()): readonly Recording[] {
	return QUESTION_KINDS.flatMap((kind) =>
		readFileSync(join(folder, `${kind}.jsonl`), 'utf8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => ({ ...(JSON.parse(line) as Omit<Recording, 'kind'>), kind })),
	);
}

let shared: readonly Recording[] | undefined;

/** The recordings of this repository, read once a process. */
export function recordings(): readonly Recording[] {
	shared ??= readRecordings();
	return shared;
}

/** Upwards from this file, from the script that was started, and from the working directory. */
function findFolder(): string {
	const starts = [
		...(typeof __dirname === 'string' ? [__dirname] : []),
		...(process.argv[1] === undefined ? [] : [dirname(resolve(process.argv[1]))]),
		process.cwd(),
	];
	for (const start of starts) {
		for (let at = start; ; at = dirname(at)) {
			const folder = join(at, FOLDER);
			if (existsSync(folder)) return folder;
			if (dirname(at) === at) break;
		}
	}
	throw new Error(`No folder ${FOLDER} above ${starts.join(' or ')}`);
}
