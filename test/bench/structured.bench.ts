/**
 * How well JSON is taken out of real answers: a sample checked by hand, and, where MULTI_MODEL_DATA
 * names the folder of the full sets, 16,596 recorded outputs of twelve models that were asked for an
 * object with `reasoning` and `answer`. Then how long hostile answers and schemas take.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { extractJson } from '../../engine/policies/extractJson';
import { jsonProblem } from '../../engine/policies/validateJson';
import { type JsonSchema, type JsonValue, member } from '../../engine/spec/json';

const SETS = { GSM8K: 'numeric', MATH: 'math', CRUX: 'text' } as const;
/** The sets hold the last 4,000 characters of each output. */
const KEPT_CHARS = 4_000;
const LEAST_GIVEN = 0.998;
const MAX_BLOCKED_MS = 50;
const RUNS = 9;

interface Output {
	readonly text: string;
	/** The answer that the source's own pattern found; `null` where it found none. */
	readonly final: string | null;
}

const failed: string[] = [];

function linesOf<T>(file: string): T[] {
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as T);
}

function sampleTable(): void {
	const rows = linesOf<{ text: string; object: JsonValue }>(
		'test/fixtures/structured/sample.jsonl',
	);
	const judged = rows.map(({ text, object }) => {
		const value = extractJson(text);
		return {
			isRight: isDeepStrictEqual(value ?? null, object),
			isGiven: value !== undefined,
		};
	});
	const right = judged.filter(({ isRight }) => isRight).length;
	const wrong = judged.filter(({ isRight, isGiven }) => isGiven && !isRight).length;
	console.log(
		`Sample read by hand, the hardest texts among it: ${right} of ${rows.length} right, ${wrong} wrong objects`,
	);
	if (right < rows.length) failed.push('the sample');
}

function recordedTable(folder: string): void {
	const table = Object.entries(SETS).map(([name, file]) => {
		const rows = linesOf<{ answers: Output[] }>(join(folder, `reconcile-${file}.jsonl`));
		const outputs = rows.flatMap(({ answers }) => answers);
		const cut = outputs.filter(isCut);
		const whole = outputs.filter((output) => !isCut(output));
		const holding = whole.filter(({ text }) => /"answer"\s*:/.test(text));
		const given = holding.filter(({ text }) => isObjectAsked(extractJson(text)));
		const share = given.length / holding.length;
		if (share < LEAST_GIVEN) failed.push(`${name}: ${percent(share)}`);
		const wrong = [...given, ...cut].filter(isWrong);
		if (wrong.some(isCut)) failed.push(`${name}: a wrong object from a cut text`);
		const invented = whole.filter(
			(output) => !holding.includes(output) && extractJson(output.text) !== undefined,
		);
		if (invented.length > 0) failed.push(`${name}: an object out of prose`);
		return {
			set: name,
			texts: outputs.length,
			'cut at the front': cut.length,
			'no object in it': whole.length - holding.length,
			'an object in it': holding.length,
			'JSON.parse gives it': percent(shareOf(holding, plainParse)),
			'after fences': percent(shareOf(holding, fencedParse)),
			'given here': percent(share),
			'of all not cut': percent(given.length / whole.length),
			'another answer than recorded': wrong.length,
			'from prose': invented.length,
			'of cut texts, whole / wrong': `${cut.filter(({ text }) => extractJson(text) !== undefined).length} / ${cut.filter(isWrong).length}`,
		};
	});
	console.table(table);
	console.log(
		'"given here" counts the texts that hold an object, which is what can be given: the others not cut ("no object in it") are prose, such as a proof that ends in \\boxed{90}, or break off before the answer.',
	);
}

function isCut({ text }: Output): boolean {
	return text.length === KEPT_CHARS && !/^\s*(?:\{|```)/.test(text);
}

function isObjectAsked(value: JsonValue | undefined): boolean {
	return member(value, 'reasoning') !== undefined && member(value, 'answer') !== undefined;
}

/** Whether there is an object with another answer than the source's own pattern found. */
function isWrong({ text, final }: Output): boolean {
	const value = extractJson(text);
	if (value === undefined) return false;
	const answer = member(value, 'answer');
	if (answer === undefined || final === null) return true;
	// That pattern resolves some escapes, not all, and stops at the first quote.
	const read = typeof answer === 'string' ? answer : JSON.stringify(answer);
	const written = JSON.stringify(read).slice(1, -1);
	const isSame = [read, written].some((one) =>
		[final, resolved(final)].some((other) => bare(one) === bare(other)),
	);
	return !isSame && !written.startsWith(final);
}

function resolved(escaped: string): string {
	try {
		return String(JSON.parse(`"${escaped}"`));
	} catch {
		return escaped;
	}
}

function bare(text: string): string {
	return text.replace(/[\s,$%"'\\]/g, '').toLowerCase();
}

function plainParse(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}

function fencedParse(text: string): JsonValue | undefined {
	const inside = /```(?:json)?\s*([^]*?)```/.exec(text)?.[1];
	return plainParse(inside ?? text);
}

function shareOf(
	outputs: readonly Output[],
	parse: (text: string) => JsonValue | undefined,
): number {
	return outputs.filter(({ text }) => isObjectAsked(parse(text))).length / outputs.length;
}

function percent(share: number): string {
	return `${(100 * share).toFixed(2)} %`;
}

/** The fastest of a few runs: what the work takes, not what else the machine does. */
function blockedMs(work: () => unknown): number {
	const times = Array.from({ length: RUNS }, () => {
		const startedAtMs = performance.now();
		const startedCpu = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(startedCpu);
		return Math.min(performance.now() - startedAtMs, (user + system) / 1_000);
	});
	return Math.min(...times);
}

function hostileTable(): void {
	const many = (part: string, length: number) =>
		part.repeat(Math.ceil(length / part.length)).slice(0, length);
	const answers: Readonly<Record<string, string>> = {
		'5 MB of prose': many('lorem ipsum ', 5_000_000),
		'5 MB of JSON': JSON.stringify(
			Array.from({ length: 120_000 }, (_, id) => ({ id, name: `row ${id}`, ok: true })),
		),
		'100,000 open brackets': many('[', 100_000),
		'100,000 objects inside each other': `${many('{"a":', 500_000)}1`,
		'half a megabyte of braces': many('{', 510_000),
		'half a megabyte of fences': many('```{"', 510_000),
		'half a megabyte of valid JSON': `[${many('1,', 510_000)}1]`,
		'25,000 damaged members': `{${many('a:1,', 99_000)}}`,
		'25,000 raw quotes': `{"a": "${many('x"y ', 99_000)}"}`,
		'99,000 control characters': `{"a": "${many('\u0001', 99_000)}"}`,
	};
	const checks: Readonly<Record<string, () => unknown>> = {
		'pattern (a+)+ on 50,000 signs': () => jsonProblem(`${many('a', 50_000)}!`, backtracking),
		'100,000 items that must differ': () => jsonProblem(numbers, { uniqueItems: true }),
		'alternatives that double 60 times': () => jsonProblem(nested, branching),
		'50,000 rows of 3 fields': () => jsonProblem(rows, rowSchema),
	};
	const backtracking: JsonSchema = { pattern: '^(a+)+$' };
	const numbers = Array.from({ length: 100_000 }, (_, index) => index);
	let nested: JsonValue = 1;
	for (let level = 0; level < 60; level++) nested = { next: nested };
	const branching: JsonSchema = {
		type: 'object',
		properties: { next: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } },
	};
	const rows = Array.from({ length: 50_000 }, (_, id) => ({ id, name: 'x', ok: true }));
	const rowSchema: JsonSchema = {
		items: {
			type: 'object',
			properties: { id: { type: 'integer' }, name: { type: 'string' }, ok: { type: 'boolean' } },
			required: ['id', 'name', 'ok'],
			additionalProperties: false,
		},
	};
	const times = [
		...Object.entries(answers).map(([what, text]) => [what, () => extractJson(text)] as const),
		...Object.entries(checks),
	].map(([what, work]) => ({ what, ms: Number(blockedMs(work).toFixed(1)) }));
	console.table(times);
	failed.push(
		...times.filter(({ ms }) => ms > MAX_BLOCKED_MS).map(({ what, ms }) => `${what}: ${ms} ms`),
	);
}

sampleTable();
const folder = process.env.MULTI_MODEL_DATA || undefined;
if (folder !== undefined) recordedTable(folder);
hostileTable();
if (failed.length > 0) {
	console.error(`Missed: ${failed.join('; ')}`);
	process.exitCode = 1;
}
