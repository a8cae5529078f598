import type { IExecuteFunctions } from 'n8n-workflow';
import {
	InvalidPlanError,
	preprocessingSchema,
	type InputPolicy,
	type PreprocessingOptions,
} from '../../engine/index';
import { fieldReader } from './fieldReader';
import { PREPROCESSING_OPTIONS, SECTION_FIELDS } from './fields/preprocessing';
import { isBlank } from './isBlank';
import { invalidOption, readOptions } from './readOptions';
import { readText } from './readText';
import { shown } from './shown';

type Sections = NonNullable<PreprocessingOptions['sections']>;

const GROUP = 'Preprocessing';
const SECTIONS = `${GROUP} > Sections`;

/**
 * Reads how the input of one item is to be prepared. Sections that show nothing are left out.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readPreprocessing(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): PreprocessingOptions {
	const raw = fieldReader(context, itemIndex)('preprocessing');
	const { sections, ...flat } = recordOf(raw) ?? {};
	const options = readOptions(GROUP, flat, PREPROCESSING_OPTIONS, preprocessingSchema);
	const read = readSections(sections);
	return Object.keys(read).length === 0 ? options : { ...options, sections: read };
}

/** How much of the input of one item is sent. */
export function readInputPolicy(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): InputPolicy {
	const { maxInputTokens, overflow } = readPreprocessing(context, itemIndex);
	return { overflow, ...(maxInputTokens === undefined ? {} : { maxInputTokens }) };
}

/** A fixed collection with one group holds its fields under the group's name. */
function readSections(raw: unknown): Sections {
	if (raw === undefined || raw === null || raw === '') return {};
	const parts = recordOf(raw)?.parts ?? {};
	const given = recordOf(parts);
	if (recordOf(raw) === undefined || given === undefined) {
		throw new InvalidPlanError(
			`${SECTIONS} must be an object with the sections as texts, got ${shown(raw)}`,
			`Fill in the fields of Sections under ${GROUP}, or remove it there.`,
		);
	}
	const { examples, ...texts } = given;
	const read = Object.entries(texts).map(
		([name, value]) => [name, readSection(name, value)] as const,
	);
	const filled = Object.fromEntries(read.filter(([, text]) => !isBlank(text)));
	const shownCases = readExamples(examples);
	return shownCases.length === 0 ? filled : { ...filled, examples: shownCases };
}

function readSection(name: string, value: unknown): string {
	const field = SECTION_FIELDS.find((one) => one.name === name);
	if (field === undefined) {
		throw invalidOption(SECTIONS, undefined, name, 'is not an option of this node', value);
	}
	return readText(`${SECTIONS}: ${field.displayName}`, value ?? undefined);
}

function readExamples(raw: unknown): NonNullable<Sections['examples']> {
	if (raw === undefined || raw === null || raw === '') return [];
	const list: unknown = Array.isArray(raw) ? raw : recordOf(raw) && (recordOf(raw)?.values ?? []);
	if (!Array.isArray(list)) {
		throw new InvalidPlanError(
			`${SECTIONS}: Examples must be a list of objects with input and output, got ${shown(raw)}`,
			`Fill in the rows of Examples under ${SECTIONS}, or remove them there.`,
		);
	}
	return list.flatMap((row: unknown, index) => {
		const label = `${SECTIONS}: Example ${index + 1}`;
		const { input, output } = recordOf(row) ?? {};
		const example = {
			input: readText(`${label}: Input`, input ?? undefined),
			output: readText(`${label}: Output`, output ?? undefined),
		};
		if (isBlank(example.input) && isBlank(example.output)) return [];
		if (!isBlank(example.output)) return [example];
		throw new InvalidPlanError(
			`${label}: Output is empty, got ${shown(output)}`,
			`Say what should come out for the input of Example ${index + 1}, or remove the example.`,
		);
	});
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
}
