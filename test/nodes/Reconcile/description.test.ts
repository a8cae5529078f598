import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import {
	EXTRACTIONS,
	FIELD_RULES,
	fieldsSchema,
	listSchema,
	numericSchema,
	PANEL_METHODS,
	RECONCILE_METHODS,
	reconcileSchema,
} from '../../../engine/index';
import { node } from './underTest';

const { description } = node;
const field = (name: string): INodeProperties => {
	const found = description.properties.find((property) => property.name === name);
	if (found === undefined) throw new Error(`No field "${name}"`);
	return found;
};
const options = (name: string) => field(name).options as INodePropertyOptions[];
const values = (name: string) => options(name).map(({ value }) => value);

it('has the defaults of the engine', () => {
	const { normalization, method, extract, agreementThreshold, jsonPath, regex } =
		reconcileSchema.parse({});
	const flat = { method, extract, agreementThreshold, jsonPath, regex };
	const groups = { ...numericSchema.parse({}), ...listSchema.parse({}) };
	for (const [name, value] of Object.entries({ ...flat, ...groups })) {
		expect([name, field(name).default]).toEqual([name, value]);
	}
	const collection = field('normalization').options as INodeProperties[];
	const defaults = Object.fromEntries(collection.map((option) => [option.name, option.default]));
	expect(defaults).toEqual(normalization);
	expect(fieldsSchema.parse({}).rowKey ?? '').toBe(field('rowKey').default);
});

it('offers every extraction, method and rule of the engine', () => {
	expect(values('extract').sort()).toEqual([...EXTRACTIONS].sort());
	expect(values('method').sort()).toEqual([...RECONCILE_METHODS, ...PANEL_METHODS].sort());
	const [rows] = field('fieldRules').options as INodePropertyCollection[];
	const rule = rows?.values.find(({ name }) => name === 'rule')?.options as INodePropertyOptions[];
	expect(rule.map(({ value }) => value).sort()).toEqual([...FIELD_RULES].sort());
});

it('says of every method in one sentence what it does, and when to use it', () => {
	for (const { description: help } of options('method')) {
		expect(help).toMatch(/^[^.]+\. Use when [^.]+\.$/);
	}
});

it('shows the fields of a method only for it', () => {
	const shownFor = (name: string) => field(name).displayOptions?.show?.method;
	expect(shownFor('center')).toEqual(['numeric']);
	expect(shownFor('fieldRules')).toEqual(['fields']);
	expect(shownFor('keep')).toEqual(['list']);
	expect(shownFor('validSchema')).toEqual(['firstValid']);
	expect(shownFor('weightsFrom')).toEqual(['weighted', 'numeric', 'fields', 'list']);
});

it('has two named outputs, and as a tool one that is not called Agreed', () => {
	expect(description.outputs).toEqual(['main', 'main']);
	expect(description.outputNames).toEqual(['Agreed', 'Disagreed']);
	expect(description.usableAsTool).toEqual({ replacements: { outputNames: ['Tool'] } });
});
