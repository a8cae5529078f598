import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	cachingSchema,
	DEFAULT_JSON_REPAIR,
	FAILURE_KINDS,
	fanOutSchema,
	JSON_REPAIRS,
	limitsSchema,
	longDocumentSchema,
	outputSchema,
	preprocessingSchema,
	PROVIDER_IDS,
	reliabilitySchema,
	REASONING_EFFORTS,
	ROUTER_STRATEGIES,
} from '../../../engine/index';
import { LONG_DOCUMENT_OPTIONS } from '../../../nodes/MultiModelRouter/longDocumentFields';
import { MultiModelRouter } from '../../../nodes/MultiModelRouter/MultiModelRouter.node';
import { OWN_FIELDS } from '../../../nodes/ParallelFanOut/description';
import { ParallelFanOut } from '../../../nodes/ParallelFanOut/ParallelFanOut.node';
import { SETTINGS_OPTIONS } from '../../../nodes/shared/fields/candidates';
import { FAILURE_KIND_OPTIONS } from '../../../nodes/shared/fields/failureKinds';
import {
	CACHING_OPTIONS,
	LIMITS_OPTIONS,
	OUTPUT_OPTIONS,
	RELIABILITY_OPTIONS,
} from '../../../nodes/shared/fields/policies';
import { PREPROCESSING_OPTIONS } from '../../../nodes/shared/fields/preprocessing';
import { REQUEST_FIELDS } from '../../../nodes/shared/fields/request';
import { SCHEMA_TYPES } from '../../../nodes/shared/readJsonShape';

const NODES = [new MultiModelRouter(), new ParallelFanOut()].map(({ description }) => description);

const values = (options: INodeProperties['options']) =>
	(options as INodePropertyOptions[]).map(({ value }) => value);

const sorted = (names: readonly unknown[]) => [...names].sort();

describe('the groups of settings', () => {
	const groups = [
		['reliability', RELIABILITY_OPTIONS, reliabilitySchema],
		['caching', CACHING_OPTIONS, cachingSchema],
		['limits', LIMITS_OPTIONS, limitsSchema],
		['output', OUTPUT_OPTIONS, outputSchema],
		['fan-out', OWN_FIELDS, fanOutSchema],
		['preprocessing', PREPROCESSING_OPTIONS, preprocessingSchema],
		['long document', LONG_DOCUMENT_OPTIONS, longDocumentSchema],
	] as const;

	test.each(groups)('%s shows the defaults of the engine', (_, options, schema) => {
		const defaults: Record<string, unknown> = schema.parse({});
		for (const [name, value] of Object.entries(defaults)) {
			expect(options.find((option) => option.name === name)?.default).toEqual(value);
		}
	});

	test.each(groups)('%s offers only what the engine takes', (_, options, schema) => {
		for (const option of options.filter(({ name }) => name !== 'outputMode')) {
			for (const value of option.type === 'options' ? values(option.options) : [option.default]) {
				expect(schema.safeParse({ [option.name]: value }).success).toBe(true);
			}
		}
	});

	test.each(groups)(
		'%s has the bounds of the engine in its number fields',
		(_, options, schema) => {
			for (const { name, type, typeOptions } of options) {
				if (type !== 'number') continue;
				expect(schema.safeParse({ [name]: typeOptions?.minValue }).success).toBe(true);
				if (typeOptions?.maxValue === undefined) continue;
				expect(schema.safeParse({ [name]: typeOptions.maxValue }).success).toBe(true);
				expect(schema.safeParse({ [name]: typeOptions.maxValue + 1 }).success).toBe(false);
			}
		},
	);
});

test('every failure kind can be chosen for fallback, except a stop by the builder', () => {
	expect(sorted(FAILURE_KIND_OPTIONS.map(({ value }) => value))).toEqual(
		sorted(FAILURE_KINDS.filter((kind) => kind !== 'cancelled')),
	);
});

test("every repair of the engine can be chosen, and the default is the engine's", () => {
	const field = REQUEST_FIELDS.find(({ name }) => name === 'jsonRepair');
	expect(sorted(values(field?.options))).toEqual(sorted(JSON_REPAIRS));
	expect(field?.default).toBe(DEFAULT_JSON_REPAIR);
	const types = REQUEST_FIELDS.find(({ name }) => name === 'schemaType');
	expect(sorted(values(types?.options))).toEqual(sorted(SCHEMA_TYPES));
});

test('every reasoning effort of the engine can be chosen', () => {
	const option = SETTINGS_OPTIONS.find(({ name }) => name === 'reasoningEffort');
	expect(sorted(values(option?.options))).toEqual(sorted(REASONING_EFFORTS));
});

describe.each(NODES.map((description) => [description.displayName, description] as const))(
	'%s',
	(_, description) => {
		const field = (name: string) => {
			const found = description.properties.find((property) => property.name === name);
			if (found === undefined) throw new Error(`no field ${name}`);
			return found;
		};

		test('lists every vendor of the engine', () => {
			expect(sorted(values(field('providers').options))).toEqual(sorted(PROVIDER_IDS));
		});

		test('offers each vendor its own credential slot and `local` none', () => {
			const slots = description.credentials ?? [];
			const governed = slots.map(({ displayOptions }) => displayOptions?.show?.providers);
			expect(governed.flat()).not.toContain('local');
			expect(sorted(governed.flat())).toEqual(
				sorted(PROVIDER_IDS.filter((provider) => provider !== 'local')),
			);
			expect(slots.every(({ required }) => required === false)).toBe(true);
			expect(new Set(slots.map(({ name }) => name)).size).toBe(slots.length);
		});

		test('pins the credential slots right below the vendors', () => {
			const names = description.properties.map(({ name }) => name);
			expect(names.indexOf('credentials')).toBe(names.indexOf('providers') + 1);
			expect(field('credentials').type).toBe('credentials');
		});

		test('never hides the list of models: n8n forgets what a hidden field holds', () => {
			expect(field('candidates').displayOptions).toBeUndefined();
		});

		test('hides from an agent what a tool does not have', () => {
			for (const name of ['connectedModels', 'output']) {
				expect(field(name).displayOptions?.hide?.['@tool']).toEqual([true]);
			}
		});

		test('starts with two models of two vendors that are ticked', () => {
			const { values: rows } = field('candidates').default as {
				values: Array<{ model: { value: string } }>;
			};
			const vendors = rows.map(({ model }) => model.value.split('/')[0]);
			expect(vendors).toEqual(['openai', 'anthropic']);
			expect(field('providers').default).toEqual(vendors);
		});

		test('names no field twice', () => {
			const names = description.properties.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
		});
	},
);

test('the Router offers the strategies of the engine', () => {
	const strategy = new MultiModelRouter().description.properties.find(
		({ name }) => name === 'strategy',
	);
	expect(values(strategy?.options)).toEqual([...ROUTER_STRATEGIES].sort());
});
