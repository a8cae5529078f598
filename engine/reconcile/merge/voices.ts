import type { JsonValue } from '../../spec/json';
import type { FieldRule, Normalization, Vote } from '../../spec/reconcile';
import type { Ballot } from '../ballot';
import { readJson } from '../extract/jsonValue';
import { groupBallots, type BallotGroup } from '../groupBallots';
import { EQUAL_SHARE, rankGroups, sum, type WeighedGroup } from '../methods/vote';
import type { Reading } from '../reading';

/** What one answer holds at one place. */
export interface Voice {
	/** Which of the answers. */
	readonly index: number;
	readonly model: string;
	readonly weight: number;
	/** `undefined`: it leaves the field out. */
	readonly value: JsonValue | undefined;
}

/** A voice that says something. */
export type Present = Voice & { readonly value: JsonValue };

/** A place in the document. */
export interface Place {
	/** With indices, as messages name it: `lines[0].price`. */
	readonly field: string;
	/** Without them, as rules do: `lines.price`. */
	readonly path: string;
}

/** What became of a place on which a vote was held. */
export interface Leaf {
	readonly field: string;
	/** What was chosen comes first, where one of them was. */
	readonly values: readonly Vote[];
	/** Who left the field out. */
	readonly absent: readonly string[];
	/** Indices of the answers that say what was chosen. */
	readonly behind: readonly number[];
	/** Their share of the weight of all that could have said something here. */
	readonly share: number;
	readonly isTie: boolean;
}

/** What holds for the whole document. */
export interface Merge {
	readonly normalization: Normalization;
	readonly ruleFor: (path: string) => FieldRule;
	/** The field that tells rows apart, where the builder names one. */
	readonly rowKey: string | undefined;
	/** On how many places each answer was with the rest; decides between equally heavy values. */
	readonly trust: readonly number[];
	/** Numbers are with a median or mean that differs by at most this share. */
	readonly agreeWithin: number;
	/** Filled on the way. */
	readonly leaves: Leaf[];
	/** What values were read as: answers mostly say the same. */
	readonly readings: Map<JsonValue, Reading>;
}

/** One voice as a ballot. */
interface VoiceBallot extends Ballot {
	readonly index: number;
}

export type VoiceGroup = WeighedGroup<VoiceBallot>;

export function isPresent(voice: Voice): voice is Present {
	return voice.value !== undefined;
}

export function weightOfAll(voices: readonly Voice[]): number {
	return sum(voices.map(({ weight }) => weight));
}

export function modelsOf(voices: readonly Voice[]): string[] {
	return voices.map(({ model }) => model);
}

export function indicesOf(voices: readonly Voice[]): number[] {
	return voices.map(({ index }) => index);
}

export function shareOf(some: readonly Voice[], all: readonly Voice[]): number {
	const total = weightOfAll(all);
	return total === 0 ? 0 : weightOfAll(some) / total;
}

/** The voices that are not among `some`. */
export function othersThan<V extends Voice>(some: readonly Voice[], all: readonly V[]): V[] {
	const known = new Set(indicesOf(some));
	return all.filter(({ index }) => !known.has(index));
}

/** As many with as without: what was said is not thrown away. */
export function isLeftOut(present: readonly Voice[], absent: readonly Voice[]): boolean {
	const all = weightOfAll(present) + weightOfAll(absent);
	return weightOfAll(absent) - weightOfAll(present) > all * EQUAL_SHARE;
}

/**
 * The voices by what they say, heaviest first. Of equally heavy values one comes before `null`, then
 * what those say who agree most with the rest.
 */
export function rankVoices(voices: readonly Present[], merge: Merge): readonly VoiceGroup[] {
	const { normalization, trust } = merge;
	const ballots = voices.map(
		({ index, model, weight, value }): VoiceBallot => ({
			index,
			model,
			weight,
			reading: readingOf(value, merge),
		}),
	);
	const trustIn = ({ ballots: group }: BallotGroup<VoiceBallot>) =>
		sum(group.map(({ index }) => trust[index] ?? 0));
	return rankGroups(
		groupBallots(ballots, normalization.relativeTolerance),
		({ weight }) => weight,
		(a, b) => Number(a.answer === null) - Number(b.answer === null) || trustIn(b) - trustIn(a),
	);
}

export function readingOf(value: JsonValue, { normalization, readings }: Merge): Reading {
	if (typeof value === 'object' && value !== null) return readValue(value, normalization);
	const known = readings.get(value);
	if (known !== undefined) return known;
	const reading = readValue(value, normalization);
	readings.set(value, reading);
	return reading;
}

/** Every value of a document says something, `null` and empty text too. */
export function readValue(value: JsonValue, normalization: Normalization): Reading {
	const written = JSON.stringify(value);
	return readJson(value, normalization) ?? { answer: value, written, key: `\0${written}` };
}
