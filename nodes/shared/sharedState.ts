import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INode,
	INodeCredentialTestResult,
	NodeExecutionHint,
} from 'n8n-workflow';
import { InvalidPlanError, type RedisSettings, type SharedRuntime } from '../../engine/index';
import { REDIS_CREDENTIAL_TYPE } from './fields/sharedState';
import { redisSettings } from './redisSettings';
import { runtime, testRedis } from './runtime';

/** The engine with its state where the node wants it. */
export interface ChosenRuntime extends SharedRuntime {
	/** What is wrong with the settings: no item can be answered. */
	readonly problem?: unknown;
}

/** Never rejects: under both Continue modes each item has to tell of the problem itself. */
export async function chosenRuntime(
	context: IExecuteFunctions,
	node: INode,
): Promise<ChosenRuntime> {
	const own = { runtime: runtime(), warning: () => undefined };
	if (context.getNodeParameter('sharedState', 0, 'memory') !== 'redis') return own;
	try {
		return await runtime().sharing(await readRedis(context, node));
	} catch (problem) {
		return { ...own, problem };
	}
}

async function readRedis(context: IExecuteFunctions, node: INode): Promise<RedisSettings> {
	if (node.credentials?.[REDIS_CREDENTIAL_TYPE] === undefined) {
		throw new InvalidPlanError(
			'Shared State is In Redis, and no Redis credential is selected',
			'Select one under the providers, or set Shared State to In Memory.',
		);
	}
	return redisSettings(await context.getCredentials(REDIS_CREDENTIAL_TYPE));
}

/** Said once for a run, however often it happened. */
export function sharedStateHints({ warning }: SharedRuntime): NodeExecutionHint[] {
	const reason = warning();
	if (reason === undefined) return [];
	const message = `Redis could not be used: ${reason}. This run went on with the state of this n8n process alone; until Redis is back, stored answers, limits and budgets are not shared with other workers.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

/** What the button Test of the Redis credential does. */
export async function testRedisCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const trouble = await testRedis(redisSettings(data));
		if (trouble === undefined) return { status: 'OK', message: 'Connection successful' };
		return { status: 'Error', message: `Redis cannot be used: ${trouble}.` };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}
