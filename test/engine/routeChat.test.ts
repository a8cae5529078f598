import { autoRoute, dryRun, routeChat, type Route } from '../../engine/index';
import { ask, candidate, failure, planOf, scriptedEngine } from '../support/scriptedEngine';

const FAST = { ...candidate('small'), tier: 'fast' as const };
const STRONG = { ...candidate('large'), tier: 'strong' as const };
const EASY = 'What is the capital of France?';
const TIERS = { fast: [FAST], strong: [STRONG] };

const autoOf = (quality: number): Route => autoRoute(planOf([FAST, STRONG]), TIERS, quality);
const engineOf = () => scriptedEngine({ small: ['from small'], large: ['from large'] });

test.each([
	{ quality: 0, model: 'openai/small', reason: 'fast tier: Quality 0' },
	{ quality: 1, model: 'openai/large', reason: 'strong tier: Quality 1' },
])('auto with quality $quality', async ({ quality, model, reason }) => {
	const { answeredBy, trace } = await routeChat(ask(EASY), autoOf(quality), engineOf().run);
	expect(answeredBy).toBe(model);
	expect(trace.route.strategy).toBe('auto');
	expect(trace.route.reason).toContain(reason);
});

test('auto says the share it expects and how hard the prompt looks', async () => {
	const { trace } = await routeChat(ask(EASY), autoOf(0.3), engineOf().run);
	expect(trace.route.reason).toMatch(/Quality 0\.3 sends the hardest 30 % .*prompt looks harder/);
});

test('auto: the other tier stands in, and both reasons are given', async () => {
	const engine = scriptedEngine({ small: [failure('quota', { status: 429 })], large: ['ok'] });
	const { answeredBy, trace } = await routeChat(ask(EASY), autoOf(0), engine.run);
	expect(answeredBy).toBe('openai/large');
	expect(trace.route.reason).toMatch(/^fast tier: .*; openai\/small failed \(quota\)/);
});

test('auto judges what was asked last, not the history', async () => {
	const history = { role: 'user' as const, content: 'Prove the Riemann hypothesis. '.repeat(50) };
	const request = { ...ask(EASY), messages: [history, ...ask(EASY).messages] };
	const one = await routeChat(request, autoOf(0.3), engineOf().run);
	const other = await routeChat(ask(EASY), autoOf(0.3), engineOf().run);
	expect(one.trace.route.reason).toBe(other.trace.route.reason);
});

const rulesOf = (otherwise?: 'small'): Route => ({
	kind: 'rules',
	rules: [
		{ label: 'Rule 1', conditions: { minInputTokens: 1000 }, plan: planOf([STRONG]) },
		{ label: 'Rule 3', conditions: { tasks: ['code'] }, plan: planOf([STRONG, FAST]) },
	],
	...(otherwise === undefined ? {} : { otherwise: planOf([FAST]) }),
});

test.each([
	{
		text: 'word '.repeat(2000),
		model: 'openai/large',
		reason: /^Rule 1 fits: it has about [\d,]+ tokens$/,
	},
	{
		text: 'Write a Python function `def add(a, b):` that adds two numbers and a unit test for it.',
		model: 'openai/large',
		reason: /^Rule 3 fits: its task is code$/,
	},
	{ text: EASY, model: 'openai/small', reason: /^no rule fits$/ },
])('rules: $reason', async ({ text, model, reason }) => {
	const { answeredBy, trace } = await routeChat(ask(text), rulesOf('small'), engineOf().run);
	expect(answeredBy).toBe(model);
	expect(trace.route.strategy).toBe('rules');
	expect(trace.route.reason).toMatch(reason);
});

test('rules: what fits none and has no Otherwise fails before any call', async () => {
	const engine = engineOf();
	await expect(routeChat(ask(EASY), rulesOf(), engine.run)).rejects.toMatchObject({
		code: 'NO_ELIGIBLE_CANDIDATE',
		message: 'No rule fits this request, and Otherwise is set to fail',
	});
	expect(engine.calls).toHaveLength(0);
});

test('a dry run decides alike, estimates each candidate and calls nobody', () => {
	const engine = engineOf();
	const forecast = dryRun(ask(EASY), autoOf(1), engine.run);
	expect(forecast).toMatchObject({
		model: 'openai/large',
		route: { strategy: 'auto', skipped: [] },
		candidates: [
			{ model: 'openai/large', tier: 'strong', outputTokens: 500 },
			{ model: 'openai/small', tier: 'fast', outputTokens: 500 },
		],
	});
	const [{ inputTokens = 0, costUsd = 0 } = {}] = forecast.candidates;
	expect(inputTokens).toBeGreaterThan(5);
	expect(costUsd).toBeCloseTo((inputTokens * 1 + 500 * 2) / 1e6, 12);
	expect(engine.calls).toHaveLength(0);
});
