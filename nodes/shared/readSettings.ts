import type { CandidateLimits, ModelSettings, PriceOverride } from '../../engine/index';
import { REASONING_EFFORTS } from '../../engine/index';
import { SETTINGS_OPTIONS } from './fields/candidates';
import { jsonObjectOf } from './jsonObjectOf';
import { fromExpression, invalidOption } from './readOptions';

export interface CandidateSettings {
	readonly settings: ModelSettings;
	readonly price: PriceOverride;
	readonly limits: CandidateLimits;
}

interface Range {
	readonly min?: number;
	readonly max?: number;
	readonly whole?: true;
}

const RANGES = {
	temperature: { min: 0, max: 2 },
	topP: { min: 0, max: 1 },
	seed: { whole: true },
	maxOutputTokens: { min: 1, whole: true },
	inputPriceUsd: { min: 0 },
	outputPriceUsd: { min: 0 },
	requestsPerMinute: { min: 1, whole: true },
	tokensPerMinute: { min: 1, whole: true },
	maxConcurrent: { min: 1, whole: true },
} satisfies Record<string, Range>;

const PRICES: ReadonlyArray<keyof PriceOverride> = ['inputPriceUsd', 'outputPriceUsd'];
const LIMITS: ReadonlyArray<keyof CandidateLimits> = [
	'requestsPerMinute',
	'tokensPerMinute',
	'maxConcurrent',
];

const only = (read: Readonly<Record<string, unknown>>, names: readonly string[]) =>
	Object.fromEntries(Object.entries(read).filter(([name]) => names.includes(name)));
const without = (read: Readonly<Record<string, unknown>>, names: readonly string[]) =>
	Object.fromEntries(Object.entries(read).filter(([name]) => !names.includes(name)));

/**
 * Reads the folded settings of one row. What is left out stays absent: the vendor's default.
 *
 * @param row names the row in messages, e.g. `Model 2`
 * @param ownOptions names of settings that the node reads itself
 */
export function readSettings(
	row: string,
	raw: unknown,
	ownOptions: readonly string[] = [],
): CandidateSettings {
	const given = Object.entries(typeof raw === 'object' && raw !== null ? raw : {}).filter(
		([name]) => !ownOptions.includes(name),
	);
	const read: Record<string, unknown> = {};
	for (const [name, value] of given) read[name] = readSetting(row, name, value);
	return {
		settings: without(read, [...PRICES, ...LIMITS]),
		price: only(read, PRICES),
		limits: only(read, LIMITS),
	};
}

function readSetting(row: string, name: string, raw: unknown): unknown {
	const option = SETTINGS_OPTIONS.find((known) => known.name === name);
	const value = fromExpression(raw, option);
	const refuse = (rule: string) => invalidOption(`${row} > Settings`, option, name, rule, value);

	if (option === undefined) throw refuse('is not a setting of this node');
	if (isRanged(name)) {
		const problem = rangeProblem(value, RANGES[name]);
		if (problem !== undefined) throw refuse(problem);
		return value;
	}
	switch (name) {
		case 'stop': {
			const stop = typeof value === 'string' ? [value] : value;
			const isList = Array.isArray(stop) && stop.every((one) => typeof one === 'string');
			if (!isList) throw refuse('must be a list of texts');
			const filled = stop.filter((one) => one !== '');
			return filled.length === 0 ? undefined : filled;
		}
		case 'reasoningEffort': {
			if (REASONING_EFFORTS.some((effort) => effort === value)) return value;
			throw refuse(`must be one of ${REASONING_EFFORTS.join(', ')}`);
		}
		case 'providerOptions': {
			const options = jsonObjectOf(value);
			if (options === undefined) throw refuse('must be a JSON object');
			return Object.keys(options).length === 0 ? undefined : options;
		}
		default:
			throw refuse('cannot be read');
	}
}

function isRanged(name: string): name is keyof typeof RANGES {
	return Object.hasOwn(RANGES, name);
}

function rangeProblem(value: unknown, { min, max, whole }: Range): string | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
	if (whole && !Number.isSafeInteger(value)) return 'must be a whole number';
	if (min !== undefined && value < min) return `must be at least ${min}`;
	if (max !== undefined && value > max) return `must be at most ${max}`;
	return undefined;
}
