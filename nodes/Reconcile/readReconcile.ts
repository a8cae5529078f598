import { normalizationSchema, reconcileSchema, type ReconcileOptions } from '../../engine/index';
import { readOptions } from '../shared/readOptions';
import { METHOD_FIELDS, NORMALIZATION_OPTIONS } from './description';
import type { ReadParameter } from './parameterReader';

const NAMES = [...METHOD_FIELDS.map(({ name }) => name), 'normalization'];

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
			last = { raw, options: parse(raw) };
		}
		return last.options;
	};
}

function parse(raw: readonly unknown[]): ReconcileOptions {
	const own = METHOD_FIELDS.map(({ name }, index) => [name, raw[index]] as const);
	return {
		...readOptions(undefined, Object.fromEntries(own), METHOD_FIELDS, reconcileSchema),
		normalization: readOptions(
			'Normalization',
			raw.at(-1),
			NORMALIZATION_OPTIONS,
			normalizationSchema,
		),
	};
}
