/** An agent as the nodes see one: it gets them as tools from n8n and calls them with arguments. */
import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import { runWorkflow, type RunWorkflowOptions, type WorkflowRun } from '../../support/runWorkflow';

interface Tool {
	readonly name: string;
	readonly description: string;
	readonly invoke: (input: IDataObject) => Promise<string>;
}

function agentNode(input: IDataObject): INodeType {
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
			const said = await Promise.all(tools.map(async (tool) => await tool.invoke(input)));
			return [said.map((text) => ({ json: { said: JSON.parse(text) as IDataObject } }))];
		},
	};
}

/** The type that n8n makes of a node that is usable as a tool. */
function asToolType(node: INodeType): INodeType {
	return Object.assign(Object.create(node) as INodeType, {
		description: {
			...node.description,
			name: `${node.description.name}Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
			properties: [
				...node.description.properties,
				{ displayName: 'Description', name: 'toolDescription', type: 'string', default: 'Asks' },
			],
		},
	});
}

/** Lets the agent call the node once with `input`, the arguments for its `$fromAI` fields. */
export async function callAsTool(
	type: string,
	node: INodeType,
	parameters: INodeParameters,
	input: IDataObject,
	options: Omit<RunWorkflowOptions, 'nodes'>,
): Promise<WorkflowRun> {
	const trigger = 'n8n-nodes-base.manualTrigger';
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	return await runWorkflow(
		{
			nodes: [
				{ ...base, name: 'Trigger', type: trigger, parameters: {} },
				{ ...base, name: 'Agent', type: 'test.agent', parameters: {} },
				{ ...base, name: 'Ask Models', type: `${type}Tool`, parameters },
			],
			connections: {
				Trigger: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				'Ask Models': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
		{ nodes: { 'test.agent': agentNode(input), [`${type}Tool`]: asToolType(node) }, ...options },
	);
}
