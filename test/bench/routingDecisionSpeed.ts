import { decideRoute } from '../../engine/routeChat';
import { candidateKey } from '../../engine/candidateKey';
import { rankCandidates } from '../../engine/policies/rankCandidates';
import { survey } from '../../engine/survey';
import {
	autoRoute,
	createEngineState,
	ROUTER_STRATEGIES,
	type ChatRequest,
	type Plan,
	type Route,
	type RouterStrategy,
	type VendorCandidate,
} from '../../engine/index';
import { quantile } from '../../scripts/train/rankMetrics';
import { seededRandom } from '../../scripts/train/random';
import { printTable } from './routingPrint';
import { replayPlan } from './routingReplay';

const RUNS = 500;
const BATCHES = 8;
/** Until the compiler has seen what is hot, on a busy machine too. */
const WARM_UP_MS = 300;
const WORDS =
	'the router reads every prompt once and weighs 12 words, numbers and signs before it decides ';
const CHARACTERS = [100, 1_000, 10_000] as const;
/** The length by which the bars are judged. */
const TYPICAL_CHARACTERS = 1_000;

/** What one decision may take, in milliseconds. */
const barOf = (strategy: RouterStrategy): number => (strategy === 'auto' ? 0.2 : 0.1);

/** These two ask first and decide by the answers. */
type Deciding = Exclude<RouterStrategy, 'cascade' | 'consensus'>;
const DECIDING = ROUTER_STRATEGIES.filter(
	(strategy): strategy is Deciding => strategy !== 'cascade' && strategy !== 'consensus',
);

const candidate = (id: string, weight: number): VendorCandidate => ({
	kind: 'vendor',
	id,
	provider: 'openai',
	modelId: id.slice(id.indexOf('/') + 1),
	settings: {},
	limits: {},
	price: {},
	weight,
	connection: { provider: 'openai', baseUrl: 'http://localhost', keys: [], identity: 'bench' },
});

const FAST = [candidate('openai/gpt-4o-mini', 3), candidate('openai/gpt-5-mini', 2)];
const STRONG = [candidate('openai/gpt-4o', 1), candidate('openai/gpt-5', 1)];
const ALL = [...FAST, ...STRONG, candidate('openai/gpt-5.1', 1)];

function routeOf(strategy: Deciding): Exclude<Route, { kind: 'cascade' | 'consensus' }> {
	const plan: Plan = { ...replayPlan([]), candidates: ALL };
	switch (strategy) {
		case 'auto': {
			const route = autoRoute(plan, { fast: FAST, strong: STRONG }, 0.5);
			if (route.kind !== 'auto') throw new Error('autoRoute makes routes of its kind');
			return route;
		}
		case 'rules':
			return {
				kind: 'rules',
				rules: [
					{ label: 'Rule 1', conditions: { minInputTokens: 100_000 }, plan },
					{ label: 'Rule 2', conditions: { languages: ['de'], tasks: ['code'] }, plan },
					{ label: 'Rule 3', conditions: { tasks: ['logic'], hasAttachment: false }, plan },
				],
				otherwise: plan,
			};
		default:
			return { kind: 'models', plan: { ...plan, strategy, stickyKey: 'customer 17' } };
	}
}

const state = createEngineState();
ALL.forEach((each, at) => {
	const endCall = state.signals.start(candidateKey(each));
	endCall({ latencyMs: 100 * (at + 1), ok: true, nowMs: 0 });
});
const random = seededRandom(1);

/** From the request to the order in which the candidates are asked. */
function decide(request: ChatRequest, strategy: Deciding): unknown {
	const { plan } = decideRoute(request, routeOf(strategy));
	const { contenders } = survey(plan, request, state, 0);
	return rankCandidates(plan, contenders, random);
}

/** Milliseconds of one decision: the median of the quietest of several batches. */
function medianMs(work: () => unknown): number {
	const warmUntil = performance.now() + WARM_UP_MS;
	while (performance.now() < warmUntil) work();
	const batches = Array.from({ length: BATCHES }, () =>
		Array.from({ length: RUNS }, () => {
			const from = performance.now();
			work();
			return performance.now() - from;
		}),
	);
	return Math.min(...batches.map((times) => quantile(times, 0.5)));
}

/** Time of one decision by strategy; returns the bars that are missed. */
export function reportDecisionSpeed(): string[] {
	console.log(
		`\n## Time of one decision by strategy, ms (median; ${ALL.length} candidates, capabilities and prices included)\n`,
	);
	const missed: string[] = [];
	const lines = DECIDING.map((strategy) => {
		const cells = CHARACTERS.map((characters) => {
			const content = WORDS.repeat(110).slice(0, characters);
			const request: ChatRequest = { messages: [{ role: 'user', content }], outputFormat: 'text' };
			const ms = medianMs(() => decide(request, strategy));
			if (characters === TYPICAL_CHARACTERS && ms >= barOf(strategy)) {
				missed.push(`${strategy}: ${ms.toFixed(3)} ms, bar ${barOf(strategy)} ms`);
			}
			return ms.toFixed(3);
		});
		return [strategy, ...cells, `< ${barOf(strategy)}`];
	});
	printTable(
		['strategy', ...CHARACTERS.map((characters) => `${characters} characters`), 'bar at 1000'],
		lines,
	);
	return missed;
}
