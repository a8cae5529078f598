import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	cachingSchema,
	limitsSchema,
	outputSchema,
	reliabilitySchema,
	type CachingOptions,
	JSON_REPAIRS,
	type InputPolicy,
	type JsonRepair,
	type LimitsOptions,
	type OutputOptions,
	type ReliabilityOptions,
} from '../../engine/index';
import {
	CACHING_OPTIONS,
	LIMITS_OPTIONS,
	OUTPUT_OPTIONS,
	RELIABILITY_OPTIONS,
} from './fields/policies';
import { fieldReader } from './fieldReader';
import { oneOf } from './oneOf';
import { readInputPolicy } from './readPreprocessing';
import { readOptions, type OptionsSchema } from './readOptions';

/** The folded groups of one item. */
export interface Policies {
	readonly reliability: ReliabilityOptions;
	readonly caching: CachingOptions;
	readonly limits: LimitsOptions;
	readonly output: OutputOptions;
	/** How much of the input is sent; absent for nodes whose input is none of the builder's. */
	readonly input?: InputPolicy;
	/** What happens to an answer without the JSON that was asked for; absent: the engine's default. */
	readonly jsonRepair?: JsonRepair;
}

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** The group Limits of a node, as its panel and the engine know it. */
export interface LimitsForm<Limits extends LimitsOptions> {
	readonly options: readonly INodeProperties[];
	readonly schema: OptionsSchema<Limits>;
}

const SHARED_LIMITS: LimitsForm<LimitsOptions> = { options: LIMITS_OPTIONS, schema: limitsSchema };

/** Reads the groups of settings as they are for this item. */
export function readPolicies(context: Context, itemIndex: number): Policies;
export function readPolicies<Limits extends LimitsOptions>(
	context: Context,
	itemIndex: number,
	limits: LimitsForm<Limits>,
): Policies & { readonly limits: Limits };
export function readPolicies(
	context: Context,
	itemIndex: number,
	limits: LimitsForm<LimitsOptions> = SHARED_LIMITS,
): Policies {
	const raw = fieldReader(context, itemIndex)('output');
	return {
		...readCallPolicies(context, itemIndex, limits),
		output: readOptions('Output', raw, OUTPUT_OPTIONS, outputSchema),
	};
}

/** The groups on how models are called, for a node whose output options are its own. */
export function readCallPolicies(
	context: Context,
	itemIndex: number,
	limits: LimitsForm<LimitsOptions> = SHARED_LIMITS,
): Omit<Policies, 'output'> {
	const group = fieldReader(context, itemIndex);
	return {
		reliability: readOptions(
			'Reliability',
			group('reliability'),
			RELIABILITY_OPTIONS,
			reliabilitySchema,
		),
		caching: readOptions('Caching', group('caching'), CACHING_OPTIONS, cachingSchema),
		limits: readOptions('Limits', group('limits'), limits.options, limits.schema),
		input: readInputPolicy(context, itemIndex),
		...readJsonRepair(group('jsonRepair')),
	};
}

function readJsonRepair(raw: unknown): Pick<Policies, 'jsonRepair'> {
	return raw === undefined ? {} : { jsonRepair: oneOf('Repair Call', raw, JSON_REPAIRS) };
}
