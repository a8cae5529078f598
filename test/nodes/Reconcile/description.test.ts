import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { EXTRACTIONS, RECONCILE_METHODS, reconcileSchema } from '../../../engine/index';
import { node } from './underTest';

const { description } = node;
const field = (name: string): INodeProperties => {
	const found = description.properties.find((property) => property.name === name);
	if (found === undefined) throw new Error(`No field "${name}"`);
	return found;
};
const values = (name: string) =>
	(field(name).options as INodePropertyOptions[]).map(({ value }) => value);

it('has the defaults of the engine', () => {
	const { normalization, ...own } = reconcileSchema.parse({});
	for (const [name, value] of Object.entries(own)) expect(field(name).default).toBe(value);
	const options = field('normalization').options as INodeProperties[];
	const defaults = Object.fromEntries(options.map((option) => [option.name, option.default]));
	expect(defaults).toEqual(normalization);
});

it('offers every extraction and method of the engine', () => {
	expect(values('extract').sort()).toEqual([...EXTRACTIONS].sort());
	expect(values('method').sort()).toEqual([...RECONCILE_METHODS].sort());
});

it('has two named outputs, and as a tool one that is not called Agreed', () => {
	expect(description.outputs).toEqual(['main', 'main']);
	expect(description.outputNames).toEqual(['Agreed', 'Disagreed']);
	expect(description.usableAsTool).toEqual({ replacements: { outputNames: ['Tool'] } });
});
