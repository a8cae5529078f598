import {
	InvalidPlanError,
	weightTableSchema,
	type ReconcileOptions,
	type WeightTable,
} from '../../engine/index';
import { jsonObjectOf } from '../shared/jsonObjectOf';
import { shown } from '../shared/shown';
import { isSet, rowsOf } from './rows';

type Weighing = Pick<ReconcileOptions, 'weights' | 'otherWeight' | 'calibration'>;

/**
 * How much each model counts, and what agreement is worth.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readWeights(values: Readonly<Record<string, unknown>>): Weighing {
	const { method, weightsFrom, weights, learnedTable } = values;
	if (weightsFrom === 'typed') {
		return { weights: typedWeights(weights), otherWeight: 1, calibration: undefined };
	}
	const wantsTable = weightsFrom === 'table' || (method === 'majority' && isSet(learnedTable));
	if (!wantsTable) return { weights: [], otherWeight: 1, calibration: undefined };
	const { models, calibration } = readTable(learnedTable);
	return {
		weights: models.map(({ model, weight }) => ({ model, weight })),
		otherWeight: medianOf(models.map(({ weight }) => weight)),
		calibration,
	};
}

function typedWeights(weights: unknown): Weighing['weights'] {
	const rows = rowsOf(weights).map(({ model, weight }) => ({
		model: typeof model === 'string' ? model.trim() : '',
		weight: typeof weight === 'string' && weight.trim() !== '' ? Number(weight) : weight,
	}));
	return rows.flatMap(({ model, weight }, index) => {
		if (model === '') return [];
		if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) {
			return [{ model, weight }];
		}
		throw new InvalidPlanError(
			`Weights: the weight of ${model} (row ${index + 1}) must be a number of at least 0, got ${shown(weight)}`,
			'Change it under Weights, or remove the row to let the model count 1.',
		);
	});
}

function readTable(learnedTable: unknown): WeightTable {
	const parsed = weightTableSchema.safeParse(jsonObjectOf(learnedTable));
	if (parsed.success && parsed.data.models.length > 0) return parsed.data;
	throw new InvalidPlanError(
		`Learned Table must be what Task: Learn Weights gave, got ${shown(learnedTable)}`,
		'Run this node with Task: Learn Weights over questions with known answers and give its item, for example {{ $("Weights").first().json }}.',
	);
}

function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
