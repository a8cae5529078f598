import { pick } from '../hash';
import { isObject, parseJson, type Json, type JsonObject } from '../json';
import { capitalised, keySentences, keyWords, requestedCount } from './sentences';

const NUMBER = /[$€£]?\d[\d,]*(?:\.\d+)?\s?%?/g;

/** What stands out in a text or table: its figures, its subjects, and what to do next. */
export function insights(material: string, instruction: string, seed: string): string {
	const rows = tableOf(material);
	const lines = rows === undefined ? textLines(material, seed) : tableLines(rows, seed);
	const count = requestedCount(instruction, 'point') ?? lines.length;
	return lines
		.slice(0, count)
		.map((line, index) => `${index + 1}. ${line}`)
		.join('\n');
}

function textLines(material: string, seed: string): readonly string[] {
	const figures = [...new Set(material.match(NUMBER) ?? [])].map((figure) => figure.trim());
	const subjects = keyWords(material, 3).map(capitalised);
	const largest = figures.toSorted((one, other) => valueOf(other) - valueOf(one))[0];
	const main = keySentences(material, 2);
	return [
		...main.map((sentence) => sentence.replace(/\s+/g, ' ')),
		...(largest === undefined
			? []
			: [`The largest figure named is ${largest}, out of ${figures.length} in all.`]),
		...(subjects.length === 0 ? [] : [`Most of it turns on: ${subjects.join(', ')}.`]),
		nextStep(seed),
	];
}

/** A list of records, where the text is JSON that holds one. */
function tableOf(material: string): readonly JsonObject[] | undefined {
	const found = parseJson(/\[[^]*\]/.exec(material)?.[0] ?? '');
	const rows = Array.isArray(found) ? (found as readonly Json[]).filter(isObject) : [];
	return rows.length > 0 ? rows : undefined;
}

function tableLines(rows: readonly JsonObject[], seed: string): readonly string[] {
	const cells = rows.flatMap((row) => flat(row));
	const shares = [...new Set(cells.map(([name]) => name))].flatMap((name) => {
		const values = cells.filter(([other]) => other === name).map(([, value]) => value);
		const top = mostFrequent(values);
		const count = values.filter((value) => value === top).length;
		const isTelling = count > 1 && count >= values.length / 3 && values.length >= rows.length;
		return isTelling ? [{ name, top, count, of: values.length }] : [];
	});
	const told = shares
		.toSorted((one, other) => other.count - one.count)
		.map(
			({ name, top, count, of }) =>
				`${capitalised(spoken(name))} is ${top} in ${count} of ${of} records.`,
		);
	const longest = cells
		.filter(([, value]) => value.includes(' '))
		.map(([name, value]) => `Under ${spoken(name)}, one record says: ${value}`);
	return [...told, ...longest.slice(0, 3), nextStep(seed)].slice(0, 3);
}

function flat(row: JsonObject): readonly (readonly [name: string, value: string])[] {
	return Object.entries(row).flatMap(([name, value]): (readonly [string, string])[] => {
		if (isObject(value)) return [...flat(value)];
		const values = Array.isArray(value) ? (value as readonly Json[]) : [value ?? null];
		return values.filter((one) => !isObject(one)).map((one) => [name, String(one)]);
	});
}

function mostFrequent(values: readonly string[]): string {
	const count = (value: string) => values.filter((other) => other === value).length;
	return values.reduce(
		(best, value) => (count(value) > count(best) ? value : best),
		values[0] ?? '',
	);
}

/** `needsReply` as people say it. */
function spoken(name: string): string {
	return name.replace(/_/g, ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueOf(figure: string): number {
	return Number(figure.replace(/[^\d.]/g, '')) || 0;
}

function nextStep(seed: string): string {
	return pick(
		[
			'Next step: check the largest item first and look at it again after one period.',
			'Recommendation: follow the main driver weekly and set a limit that triggers a review.',
			'Suggested action: confirm the figures at their source before acting on them.',
		],
		seed,
	);
}
