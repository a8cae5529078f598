/**
 * Small stand-ins for the n8n nodes that the example workflows use, under n8n's own type names and
 * parameters. They do what the examples need of them and no more: anything else throws.
 */
import { runInNewContext } from 'node:vm';
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

interface Shape {
	readonly name: string;
	readonly version: number[];
	readonly trigger?: boolean;
	readonly inputs?: INodeTypeDescription['inputs'];
	/** Parameters with their defaults: n8n strips from a node what its description does not list. */
	readonly parameters?: Readonly<Record<string, INodeProperties['default']>>;
}

function node(shape: Shape, execute: Execute): INodeType {
	return {
		description: {
			displayName: shape.name,
			name: shape.name,
			group: [shape.trigger ? 'trigger' : 'transform'],
			version: shape.version,
			description: '',
			defaults: { name: shape.name },
			inputs: shape.inputs ?? (shape.trigger ? [] : [NodeConnectionTypes.Main]),
			outputs: [NodeConnectionTypes.Main],
			properties: Object.entries(shape.parameters ?? {}).map(([name, value]) => ({
				displayName: name,
				name,
				type: 'string',
				default: value,
			})),
		},
		execute,
	};
}

/** Starts the run; a test gives it pinned items or it emits one empty item. */
const manualTrigger = node({ name: 'manualTrigger', version: [1], trigger: true }, async () => [
	[{ json: {} }],
]);

const noOp = node({ name: 'noOp', version: [1] }, async function () {
	return [this.getInputData()];
});

/** Set 3.x: `raw` JSON or `manual` assignments. */
const setShape: Shape = {
	name: 'set',
	version: [3, 3.1, 3.2, 3.3, 3.4],
	parameters: { mode: 'manual', jsonOutput: '{}', assignments: {}, includeOtherFields: false },
};
const set = node(setShape, async function () {
	return [
		this.getInputData().map((item, index) => {
			const keepsInput = this.getNodeParameter('includeOtherFields', index, false) === true;
			return {
				json: { ...(keepsInput ? item.json : {}), ...setFields(this, index) },
				pairedItem: { item: index },
			};
		}),
	];
});

function setFields(context: IExecuteFunctions, index: number): IDataObject {
	if (context.getNodeParameter('mode', index, 'manual') === 'raw') {
		const json = context.getNodeParameter('jsonOutput', index) as string | IDataObject;
		return typeof json === 'string' ? (JSON.parse(json) as IDataObject) : json;
	}
	const rows = context.getNodeParameter('assignments.assignments', index, []) as Array<{
		name: string;
		value: IDataObject[string];
	}>;
	return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** Code 2 in JavaScript, all items at once or each by itself. */
const codeShape: Shape = {
	name: 'code',
	version: [1, 2],
	parameters: { mode: 'runOnceForAllItems', jsCode: '' },
};
const code = node(codeShape, async function () {
	const source = `(async () => {${this.getNodeParameter('jsCode', 0) as string}\n})()`;
	const items = this.getInputData();
	const run = async (globals: object) => (await runInNewContext(source, { ...globals })) as unknown;
	if (this.getNodeParameter('mode', 0, 'runOnceForAllItems') === 'runOnceForEachItem') {
		const made = items.map(async (item, index) => {
			const result = await run({ $json: item.json, $input: { item }, $itemIndex: index });
			return { ...asItem(result), pairedItem: { item: index } };
		});
		return [await Promise.all(made)];
	}
	const result = await run({
		items,
		$input: { all: () => items, first: () => items[0], last: () => items.at(-1) },
	});
	return [(Array.isArray(result) ? result : [result]).map(asItem)];
});

/** Objects made in the Code node's realm are plain data: copied into ours. */
function asItem(value: unknown): INodeExecutionData {
	const copy = JSON.parse(JSON.stringify(value)) as IDataObject;
	return 'json' in copy ? (copy as unknown as INodeExecutionData) : { json: copy };
}

/** Merge 3.x in the mode `append`. */
const merge = node(
	{
		name: 'merge',
		version: [3, 3.1, 3.2],
		parameters: { mode: 'append', numberInputs: 2 },
		inputs: `={{ Array.from({ length: $parameter.numberInputs || 2 }, () => ({ type: 'main' })) }}`,
	},
	async function () {
		if (this.getNodeParameter('mode', 0, 'append') !== 'append') {
			throw new Error('The stand-in for Merge only appends');
		}
		const count = this.getNodeParameter('numberInputs', 0, 2) as number;
		return [Array.from({ length: count }, (_, input) => this.getInputData(input)).flat()];
	},
);

/** Split Out 1: one list field becomes one item an element. */
const splitOutShape: Shape = {
	name: 'splitOut',
	version: [1],
	parameters: { fieldToSplitOut: '' },
};
const splitOut = node(splitOutShape, async function () {
	return [
		this.getInputData().flatMap((item, index) => {
			const field = this.getNodeParameter('fieldToSplitOut', index) as string;
			const list = item.json[field];
			const values = Array.isArray(list) ? (list as Array<IDataObject | string>) : [];
			return values.map((value) => ({
				json: typeof value === 'object' ? value : { [field]: value },
				pairedItem: { item: index },
			}));
		}),
	];
});

export const CORE_NODES: Readonly<Record<string, INodeType>> = Object.fromEntries(
	[manualTrigger, noOp, set, code, merge, splitOut].map((type) => [
		`n8n-nodes-base.${type.description.name}`,
		type,
	]),
);
