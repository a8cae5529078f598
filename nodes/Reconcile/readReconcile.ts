import type { INodeProperties } from 'n8n-workflow';
import {
	fieldsSchema,
	listSchema,
	normalizationSchema,
	numericSchema,
	PANEL_METHODS,
	reconcileSchema,
	validitySchema,
	type FieldsOptions,
	type ReconcileOptions,
	type ValidityOptions,
} from '../../engine/index';
import { jsonObjectOf } from '../shared/jsonObjectOf';
import { invalidOption, readOptions } from '../shared/readOptions';
import { NORMALIZATION_OPTIONS } from './description';
import { METHOD_FIELDS } from './methodFields';
import type { ReadParameter } from './parameterReader';
import { readWeights } from './readWeights';
import { isSet, rowsOf } from './rows';

const NAMES = [...new Set(METHOD_FIELDS.map(({ name }) => name)), 'normalization', 'task'];

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads how to reconcile, for one question; settings that are the same as for the question before
 * are not parsed again.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function reconcileReader(read: ReadParameter): (itemIndex: number) => ReconcileOptions {
	let last: { readonly raw: readonly unknown[]; readonly options: ReconcileOptions } | undefined;
	return (itemIndex) => {
		const raw = NAMES.map((name) => read(name, itemIndex));
		if (last?.raw.every((value, index) => value === raw[index]) !== true) {
			const values = Object.fromEntries(NAMES.map((name, index) => [name, raw[index]]));
			last = { raw, options: parse(values) };
		}
		return last.options;
	};
}

function parse(values: Values): ReconcileOptions {
	const shown = METHOD_FIELDS.filter((field) => isShown(field, values));
	const own = (...names: string[]) =>
		Object.fromEntries(
			shown.filter(({ name }) => names.includes(name)).map(({ name }) => [name, values[name]]),
		);
	const given = own('method', 'extract', 'jsonPath', 'regex', 'agreementThreshold');
	// Where models decide, the majority stands in for them.
	const top = PANEL_METHODS.some((one) => one === given.method)
		? { ...given, method: 'majority' }
		: given;
	return {
		...readOptions(undefined, top, METHOD_FIELDS, reconcileSchema),
		normalization: readOptions(
			'Normalization',
			values.normalization,
			NORMALIZATION_OPTIONS,
			normalizationSchema,
		),
		numeric: readOptions(
			undefined,
			own('center', 'trimShare', 'agreeWithin'),
			METHOD_FIELDS,
			numericSchema,
		),
		list: readOptions(undefined, own('keep', 'atLeast'), METHOD_FIELDS, listSchema),
		fields: readFieldRules(own('fieldRules', 'rowKey')),
		validity: readValidity(own('validSchema', 'validPattern')),
		...readWeights(own('method', 'weightsFrom', 'weights', 'learnedTable')),
	};
}

/** Whether n8n shows a field, so that it has a value: by the fields before it. */
function isShown({ displayOptions }: INodeProperties, values: Values): boolean {
	const { show = {}, hide = {} } = displayOptions ?? {};
	const isOneOf = (name: string, wanted: unknown) =>
		Array.isArray(wanted) && wanted.includes(values[name]);
	return (
		Object.entries(show).every(([name, wanted]) => isOneOf(name, wanted)) &&
		!Object.entries(hide).some(([name, wanted]) => isOneOf(name, wanted))
	);
}

function readFieldRules({ fieldRules, rowKey }: Values): FieldsOptions {
	const rows = rowsOf(fieldRules).filter(({ field }) => isSet(field));
	const parsed = fieldsSchema.safeParse({
		rules: rows.map(({ field, rule = 'vote' }) => ({ field: String(field).trim(), rule })),
		...(isSet(rowKey) ? { rowKey: String(rowKey).trim() } : {}),
	});
	if (parsed.success) return parsed.data;
	const [, index] = parsed.error.issues[0]?.path ?? [];
	const field = METHOD_FIELDS.find(({ name }) => name === 'fieldRules');
	throw invalidOption(
		undefined,
		field,
		'fieldRules',
		`must have one of the rules of its list in each row (row ${Number(index) + 1})`,
		rows[Number(index)],
	);
}

function readValidity({ validSchema, validPattern }: Values): ValidityOptions {
	const schema = isSet(validSchema) ? jsonObjectOf(validSchema) : undefined;
	if (isSet(validSchema) && schema === undefined) {
		const field = METHOD_FIELDS.find(({ name }) => name === 'validSchema');
		throw invalidOption(undefined, field, 'validSchema', 'must be a JSON object', validSchema);
	}
	return validitySchema.parse({
		...(schema === undefined ? {} : { schema }),
		...(isSet(validPattern) ? { pattern: String(validPattern) } : {}),
	});
}
