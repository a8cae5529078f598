/** The engine's public surface: the only engine file that nodes import. */
export { apiKeyOf } from './apiKey';
export { checkModels, type ModelCheck } from './checkModels';
export { dryRun, type Forecast } from './dryRun';
export { executeChat } from './executeChat';
export { fanOut, type FanOutRun } from './fanOut';
export { branchRequest, type OwnWords } from './fanOut/branchRequest';
export { createGate, type Gate } from './fanOut/createGate';
export { refuseDearBranches } from './fanOut/estimateBranches';
export { listCatalog, listModels } from './listModels';
export { longDocument, outlineDocument } from './longDocument';
export { patternProblem } from './policies/acceptance';
export type { PanelRun } from './panel/askAll';
export { debate } from './panel/debate';
export type { PanelEstimate } from './panel/estimate';
export { estimatePanelUsd, PANEL, type DecideByPanel } from './panel/panelMethods';
export { modelNotes, type ModelNotes, type UnknownModel } from './modelNotes';
export { cacheKey, sha256 } from './policies/cacheKey';
export { discardedCostUsd } from './policies/discardedCost';
export { exampleProblem, schemaFromExample } from './policies/schemaFromExample';
export { schemaProblem } from './policies/validateJson';
export { sumCostUsd } from './policies/cost';
export { autoRoute, cascadeRoute, consensusRoute } from './policies/routePlans';
export { splitTiers, type Tiers } from './policies/tiers';
export { prepareRequestSteps, prepareTextSteps } from './prompt/prepareRequest';
export { inSteps } from './prompt/steps';
export { langChainModel } from './providers/connected';
export { askPanel, type PanelTask } from './panel/askPanel';
export { reconcile } from './reconcile';
export { couldStillChange, isDecided, type Outstanding } from './reconcile/decided';
export { learnWeights, type LabelledQuestion } from './reconcile/learn/learnWeights';
export { routeChat } from './routeChat';
export {
	createRuntime,
	type EngineRuntime,
	type Run,
	type SharedRuntime,
	type ShownRun,
} from './runtime';
export { createEngineState, type EngineState } from './state';
export { estimatedCostUsd, factsOf } from './survey';
export * from './spec/admission';
export * from './spec/catalog';
export * from './spec/chat';
export * from './spec/errors';
export * from './spec/facts';
export * from './spec/failures';
export * from './spec/fanOut';
export * from './spec/fanOutOptions';
export * from './spec/json';
export * from './spec/longDocument';
export * from './spec/panel';
export * from './spec/policies';
export * from './spec/ports';
export * from './spec/preprocessing';
export * from './spec/provider';
export * from './spec/reconcile';
export * from './spec/redis';
export * from './spec/result';
export * from './spec/routes';
export * from './spec/trace';
export * from './spec/transport';
