import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	discardedCostUsd,
	dryRun,
	longDocument,
	outlineDocument,
	routeChat,
	type Ask,
	type ShownRun,
} from '../../engine/index';
import { budgetsOf } from '../shared/budgets';
import { readCandidates } from '../shared/candidates';
import { connectedModels } from '../shared/connectedModels';
import { startExecution } from '../shared/execution';
import { forEachItem } from '../shared/forEachItem';
import { vendorModelIds } from '../shared/modelWarnings';
import { planOf } from '../shared/planOf';
import { readCallPolicies } from '../shared/readPolicies';
import { completeRequest, readRequest } from '../shared/readRequest';
import { skipWarnings } from '../shared/skipWarnings';
import { startStreaming } from '../shared/streaming';
import { startChecks } from './checkItems';
import { toForecastItem } from './forecastItem';
import { readRouterOutput } from './outputFields';
import { completeDocument, readLongDocument } from './readLongDocument';
import { readStrategyFields } from './readRoute';
import { readStrategy } from './readStrategy';
import { withRowSettings } from './rowSettings';
import { OWN_SETTINGS } from './strategyFields';
import { toItem, toToolItem } from './toItem';

const OWN_SETTING_NAMES = OWN_SETTINGS.map(({ name }) => name);

/** Each item: one request, answered by the route that its strategy names. */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execution = await startExecution(this);
	const { node, asTool, connect, workflowId, executionId } = execution;
	const inputs = this.getInputData();
	const streaming = startStreaming(execution);
	const checkItems = startChecks();

	const items = await forEachItem(execution, async (itemIndex) => {
		const input = inputs[itemIndex] ?? { json: {} };
		const output = readRouterOutput(this, itemIndex);
		const policies = { ...readCallPolicies(this, itemIndex), output };
		const slots = await connectedModels(this, node, itemIndex, executionId);
		const strategy = readStrategy(this, itemIndex);
		const fields = readStrategyFields(this, itemIndex, strategy);
		const sources = { connect, slots };
		const listed = await readCandidates(this, itemIndex, sources, OWN_SETTING_NAMES, fields.named);
		const skipped = listed.flatMap((one) => ('skip' in one ? [one.skip] : []));
		const extras = listed.flatMap((one) =>
			one.isExtra && 'candidate' in one ? [one.candidate] : [],
		);
		const plan = planOf(withRowSettings(listed), skipped, policies, workflowId);
		const route = fields.route(plan, extras);
		const run = { ...execution.run, budgets: budgetsOf(policies.limits, execution, itemIndex) };
		if (output.checkModels && !output.dryRun && !asTool) {
			const models = { candidates: [...plan.candidates, ...extras], skipped, plan };
			const check = async () => await checkItems(models, output, run, itemIndex);
			return { concurrency: policies.limits.concurrency, run: check };
		}
		const draft = readRequest(this, itemIndex, input);
		const written = readLongDocument(this, itemIndex, policies.reliability);
		const modelIds = vendorModelIds([...plan.candidates, ...extras]);
		const ask: Ask<ShownRun> = async (request, shownRun) =>
			await routeChat(request, route, shownRun);

		return {
			concurrency: policies.limits.concurrency,
			run: async () => {
				const request = await completeRequest(this, itemIndex, draft);
				const document = written && (await completeDocument(this, written, draft.preparation));
				if (output.dryRun && !asTool) {
					const outline = document && outlineDocument(request, document);
					const forecast = dryRun(outline?.request ?? request, route, run);
					const { items, droppedKeys } = toForecastItem(forecast, output, input, itemIndex);
					const warnings = [...draft.warnings, ...skipWarnings(skipped), ...partWarning(outline)];
					const facts = { answers: [], attempts: [], costUsd: 0, failures: 0, modelIds };
					return { items, facts: { ...facts, warnings, droppedKeys } };
				}
				const result = await streaming(itemIndex, output.enableStreaming, async (onText) =>
					document === undefined
						? await ask(request, { ...run, onText })
						: await longDocument(request, document, ask, { ...run, onText }),
				);
				const { attempts, cache, costUsd, warnings } = result.trace;
				const { items, droppedKeys } = asTool
					? { items: [toToolItem(result, itemIndex)], droppedKeys: [] }
					: toItem(result, output, input, itemIndex);
				return {
					items,
					facts: {
						answers: [{ cache }],
						attempts,
						costUsd,
						discardedCostUsd: discardedCostUsd(attempts, result.answeredBy),
						modelIds,
						failures: 0,
						warnings: [...draft.warnings, ...skipWarnings(skipped), ...warnings],
						droppedKeys,
					},
				};
			},
		};
	});
	return [items];
}

/** A dry run of a long document tells about one part of it. */
function partWarning(outline: { readonly parts: number } | undefined): string[] {
	if (outline === undefined || outline.parts === 1) return [];
	return [
		`Dry Run shows one of about ${outline.parts} parts of the document; putting the answers together takes at least one more call`,
	];
}
