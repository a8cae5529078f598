import { NodeConnectionTypes, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { InvalidPlanError, langChainModel, sha256, type ConnectedModel } from '../../engine/index';
import { MAX_CONNECTED_MODELS } from './fields/modelInputs';
import { isTool } from './isTool';
import { shown } from './shown';
import { withoutRetries } from './withoutRetries';

/** What is connected to one numbered input. */
export type ModelSlot =
	| { readonly ok: true; readonly model: ConnectedModel; readonly identity: string }
	| { readonly ok: false; readonly reason: string };

type Context = Pick<
	IExecuteFunctions,
	'getInputConnectionData' | 'getNodeParameter' | 'getParentNodes'
>;

/**
 * The models on the numbered inputs of the node, as they are for this item: n8n builds them anew
 * for each item, with the expressions in their fields.
 *
 * @param executionId keeps cached answers inside the execution: the model's credential is not ours
 * to see, so nothing else could tell two accounts apart
 * @throws {InvalidPlanError} when n8n cannot build one of the models
 */
export async function connectedModels(
	context: Context,
	node: INode,
	itemIndex: number,
	executionId: string,
): Promise<ModelSlot[]> {
	// As a tool the node has no such inputs, and asking for one throws.
	const count = isTool(node) ? 0 : readCount(context, itemIndex);
	if (count === 0) return [];

	const names = namesBySlot(context, node);
	const usable = usableNames(context, node);
	const models = usable.length === 0 ? [] : await build(context, itemIndex, usable);
	const identityOfItem = variesByItem(context, node) ? `item ${itemIndex}` : 'all items';

	return Array.from({ length: count }, (_, slot): ModelSlot => {
		const name = names === undefined ? usable.at(-1 - slot) : names[slot];
		const index = name === undefined ? -1 : usable.indexOf(name);
		if (name === undefined || index === -1) {
			const reason =
				name === undefined
					? `nothing is connected to the input Model ${slot + 1}`
					: `"${name}" on the input Model ${slot + 1} is switched off`;
			return { ok: false, reason };
		}
		return {
			ok: true,
			model: adapt(models[index], name),
			identity: sha256([executionId, name, identityOfItem].join('\n')),
		};
	});
}

function readCount(context: Context, itemIndex: number): number {
	const given: unknown = context.getNodeParameter('connectedModels', itemIndex, 0);
	const count = Number(given);
	if (Number.isInteger(count) && count >= 0 && count <= MAX_CONNECTED_MODELS) return count;
	throw new InvalidPlanError(
		`Connected Models must be a whole number from 0 to ${MAX_CONNECTED_MODELS}, got ${shown(given)}`,
		'Enter how many chat models are connected to the inputs of this node.',
	);
}

/**
 * The node on each input, switched off or not. n8n has no typed way to ask; without it the models
 * are taken in the order in which they were wired.
 */
function namesBySlot(context: object, node: INode): Array<string | undefined> | undefined {
	const getConnections: unknown = Reflect.get(context, 'getConnections');
	if (typeof getConnections !== 'function') return undefined;
	const slots: unknown = getConnections.call(context, node, NodeConnectionTypes.AiLanguageModel);
	if (!Array.isArray(slots)) return undefined;
	return slots.map((slot: Array<{ node: string }> | null | undefined) => slot?.[0]?.node);
}

/** The connected nodes that are switched on, in the order in which n8n returns their models. */
function usableNames(context: Context, node: INode): string[] {
	return context
		.getParentNodes(node.name, { connectionType: NodeConnectionTypes.AiLanguageModel, depth: 1 })
		.filter(({ disabled }) => !disabled)
		.map(({ name }) => name);
}

/** One failing model fails the call for all of them, and n8n says which one it was. */
async function build(
	context: Context,
	itemIndex: number,
	names: readonly string[],
): Promise<readonly unknown[]> {
	const models: unknown = await context
		.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex)
		.catch((error: { message?: string; description?: string | null }) => {
			const why = [error.message, error.description].filter(Boolean).join(': ');
			throw new InvalidPlanError(
				`A connected model cannot be used: ${why}`,
				`Open ${names.map((name) => `"${name}"`).join(', ')} and correct its fields or its credential, or disconnect it.`,
				undefined,
				{ cause: error },
			);
		});
	return Array.isArray(models) ? models : [models];
}

/** Whether an expression stands in a field of the models, so that each item may get another model. */
function variesByItem(context: Context, node: INode): boolean {
	return context
		.getParentNodes(node.name, {
			connectionType: NodeConnectionTypes.AiLanguageModel,
			includeNodeParameters: true,
		})
		.some(({ parameters }) => hasExpression(parameters));
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}

function adapt(built: unknown, name: string): ConnectedModel {
	if (typeof built !== 'object' || built === null || !('invoke' in built)) {
		throw new InvalidPlanError(
			`"${name}" is connected as a model, but it is none`,
			'Connect a chat model.',
		);
	}
	const { model, warning } = withoutRetries(built);
	return langChainModel(model, { label: name, warnings: warning === undefined ? [] : [warning] });
}
