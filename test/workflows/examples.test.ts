import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { MultiModelRouter } from '../../nodes/MultiModelRouter/MultiModelRouter.node';
import { ParallelFanOut } from '../../nodes/ParallelFanOut/ParallelFanOut.node';
import { Reconcile } from '../../nodes/Reconcile/Reconcile.node';
import { runtime } from '../../nodes/shared/runtime';
import { sandboxCredentials } from '../nodes/shared/sandboxCredentials';
import { startSandbox, type Sandbox } from '../sandbox';
import { jsonOf, runWorkflow, type WorkflowJson, type WorkflowRun } from '../support/runWorkflow';

const PACKAGE = 'n8n-nodes-multi-model.';
const nodes = {
	[`${PACKAGE}multiModelRouter`]: new MultiModelRouter(),
	[`${PACKAGE}parallelFanOut`]: new ParallelFanOut(),
	[`${PACKAGE}reconcile`]: new Reconcile(),
};
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

type Example = WorkflowJson & { readonly name: string };

const files = readdirSync(__dirname).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Example;

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.clearCalls();
	runtime().state.clear();
});
afterAll(async () => {
	await sandbox.close();
	await runtime().close();
});

/** @param changes parameters by the name of the node that gets them */
async function run(
	name: string,
	changes: Readonly<Record<string, INodeParameters>> = {},
): Promise<WorkflowRun> {
	const example = read(`${name}.json`);
	const own = example.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
		// An imported workflow names credentials that only its author has.
		credentials: undefined,
	}));
	const result = await runWorkflow(
		{ ...example, nodes: own },
		{ nodes, credentials: sandboxCredentials(sandbox.url) },
	);
	expect(result.error).toBeUndefined();
	expect(result.status).toBe('success');
	return result;
}

/** All items that a node gave, over all its runs. */
function itemsOf(result: WorkflowRun, name: string): IDataObject[] {
	const outputs = result.runs[name]?.flatMap(({ data }) => data?.main ?? []) ?? [];
	return outputs.flatMap((items) => (items ?? []).map(({ json }) => json));
}

/** Calls listed in the trails of the named nodes; what they got from earlier nodes is left out. */
function callsInTrails(
	result: WorkflowRun,
	names: { readonly routers?: readonly string[]; readonly fanOuts?: readonly string[] },
): number {
	const { routers = [], fanOuts = [] } = names;
	const answers = fanOuts
		.flatMap((name) => itemsOf(result, name))
		.flatMap((item) => item.answers as IDataObject[]);
	return [...routers.flatMap((name) => itemsOf(result, name)), ...answers].flatMap(
		({ attempts }) => attempts as unknown[],
	).length;
}

describe.each(files)('%s', (file) => {
	const example = read(file);

	test('can be imported: names, connections and places hold together', () => {
		const names = example.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(example.nodes.map(({ id }) => id)).size).toBe(names.length);
		for (const [from, outputs] of Object.entries(example.connections)) {
			expect(names).toContain(from);
			for (const { node } of Object.values(outputs)
				.flat(2)
				.filter((end) => end !== null)) {
				expect(names).toContain(node);
			}
		}
		for (const { position } of example.nodes) {
			expect(position.map(Number.isInteger)).toEqual([true, true]);
		}
	});

	test('explains itself in a note', () => {
		const notes = example.nodes.filter(({ type }) => type === STICKY_NOTE);
		expect(notes.map(({ parameters }) => String(parameters.content).length > 100)).toEqual([true]);
	});

	test('names a credential for each vendor that it ticks', () => {
		for (const { type, parameters, credentials = {} } of example.nodes) {
			if (!Array.isArray(parameters.providers)) continue;
			const slots = nodes[type as keyof typeof nodes].description.credentials ?? [];
			const expected = slots.filter(({ displayOptions }) =>
				displayOptions?.show?.providers?.some((vendor) =>
					(parameters.providers as unknown[]).includes(vendor),
				),
			);
			expect(Object.keys(credentials).sort()).toEqual(expected.map(({ name }) => name).sort());
		}
	});

	test('uses only fields that the nodes have', () => {
		for (const { type, parameters } of example.nodes) {
			if (!type.startsWith(PACKAGE)) continue;
			const known = nodes[type as keyof typeof nodes].description.properties.map(
				({ name }) => name,
			);
			expect(Object.keys(parameters).filter((name) => !known.includes(name))).toEqual([]);
		}
	});
});

test('content generation writes, sums up and restyles each topic', async () => {
	const result = await run('contentGeneration');
	const items = jsonOf(result, 'Result');
	expect(items).toHaveLength(3);
	for (const item of items) {
		expect(item).toMatchObject({ post: expect.any(String), summary: expect.any(String) });
		expect(item.models).toHaveLength(3);
		expect(item.costUsd).toBeGreaterThan(0);
	}
	expect(sandbox.calls()).toHaveLength(9);
});

test('data analysis extracts and classifies as JSON and reads all reviews together', async () => {
	const result = await run('dataAnalysis');
	for (const { data } of jsonOf(result, 'Extract')) {
		expect(data).toMatchObject({ product: expect.any(String), problems: expect.any(Array) });
	}
	for (const { data } of jsonOf(result, 'Classify')) {
		expect((data as IDataObject).sentiment).toMatch(/^(positive|mixed|negative)$/);
	}
	expect(jsonOf(result, 'Insights')).toMatchObject([{ reviews: 3, text: expect.any(String) }]);
});

test('parallel answers agree where the models do and send the rest to be looked at', async () => {
	const result = await run('parallelAnswers');
	const sure = jsonOf(result, 'Sure');
	const unsure = jsonOf(result, 'Needs a Look');
	expect(sure.map(({ id, answer }) => [id, Number(answer)])).toEqual([
		['varsity', 17],
		['snowballs', 5],
	]);
	expect(unsure.map(({ id }) => id)).toEqual(['car']);
	expect(callsInTrails(result, { fanOuts: ['Three Models'] })).toBe(sandbox.calls().length);
	expect(sandbox.calls()).toHaveLength(9);
});

test('one item per answer leads to the same votes as one item per input', async () => {
	const result = await run('parallelAnswers', {
		'Three Models': { outputMode: 'perAnswer' },
		Reconcile: { answersFrom: 'items' },
	});
	expect(jsonOf(result, 'Three Models')).toHaveLength(9);
	expect(jsonOf(result, 'Sure').map(({ id, answer }) => [id, Number(answer)])).toEqual([
		['varsity', 17],
		['snowballs', 5],
	]);
	expect(jsonOf(result, 'Needs a Look').map(({ id }) => id)).toEqual(['car']);
});

test('the hybrid routes, fans out, reconciles and formats', async () => {
	const result = await run('hybrid');
	const formatted = itemsOf(result, 'Format');
	expect(formatted.map(({ id }) => id).sort()).toEqual(['car', 'snowballs', 'varsity']);
	for (const item of formatted) {
		expect(item).toMatchObject({ truth: expect.any(String), text: expect.any(String) });
		expect(item.agreement).toBeGreaterThan(0);
	}
	expect(callsInTrails(result, { routers: ['Route', 'Format'], fanOuts: ['Three Models'] })).toBe(
		sandbox.calls().length,
	);
});

test('consensus asks the strong model only where the two fast ones differ', async () => {
	const result = await run('consensus');
	const items = itemsOf(result, 'Consensus');
	expect(items.map(({ id, model }) => [id, model])).toEqual([
		['varsity', 'openai/gpt-4o-mini-2024-07-18'],
		['snowballs', 'openai/gpt-4o-2024-08-06'],
		['car', 'openai/gpt-4o-2024-08-06'],
	]);
	expect(callsInTrails(result, { routers: ['Consensus'] })).toBe(sandbox.calls().length);
	expect(sandbox.calls()).toHaveLength(8);
});

test('a council of three ranks what the others wrote', async () => {
	const result = await run('council');
	const decided = itemsOf(result, 'Decide');
	expect(decided.map(({ id }) => id).sort()).toEqual(['name', 'remote']);
	for (const { rankings, attempts, answer, costUsd } of decided) {
		expect(rankings).toHaveLength(3);
		expect(new Set((attempts as IDataObject[]).map(({ model }) => model)).size).toBe(3);
		expect(answer).toEqual(expect.any(String));
		expect(costUsd).toBeGreaterThan(0);
	}
	const ranked = decided.flatMap(({ attempts }) => attempts as unknown[]).length;
	expect(callsInTrails(result, { fanOuts: ['Council'] }) + ranked).toBe(sandbox.calls().length);
});

test('self-consistency asks one model until no sample could change the majority', async () => {
	const result = await run('selfConsistency');
	const items = itemsOf(result, 'Majority');
	expect(items.map(({ id }) => id).sort()).toEqual(['car', 'snowballs', 'varsity']);
	for (const { answers } of itemsOf(result, 'Five Samples')) {
		const asked = (answers as IDataObject[]).filter(({ status }) => status === 'ok');
		expect(asked.length).toBeGreaterThanOrEqual(3);
	}
	expect(callsInTrails(result, { fanOuts: ['Five Samples'] })).toBe(sandbox.calls().length);
	expect(sandbox.calls().length).toBeLessThan(15);
});

test('an invoice read by three models is merged field by field', async () => {
	const result = await run('invoiceFields');
	const [item] = itemsOf(result, 'Merge');
	expect(item?.answer).toMatchObject({
		vendor: expect.any(String),
		number: expect.any(String),
		lines: expect.any(Array),
	});
	expect(item?.method).toBe('fields');
	expect(sandbox.calls()).toHaveLength(3);
});

test('a race takes the first answer and stops the others', async () => {
	sandbox.setLatency({ vendor: 'openai' }, { p50: 20, p95: 20, seed: 1 });
	sandbox.setLatency({ vendor: 'anthropic' }, { p50: 5000, p95: 5000, seed: 1 });
	sandbox.setLatency({ vendor: 'google' }, { p50: 5000, p95: 5000, seed: 1 });
	try {
		const result = await run('firstOf');
		const items = itemsOf(result, 'Race');
		expect(items).toHaveLength(2);
		for (const { answers, succeeded, costUsd } of items) {
			expect(succeeded).toBe(1);
			expect(costUsd).toBeNull();
			expect((answers as IDataObject[]).map(({ status }) => status)).toEqual([
				'ok',
				'aborted',
				'aborted',
			]);
		}
		expect(callsInTrails(result, { fanOuts: ['Race'] })).toBe(sandbox.calls().length);
	} finally {
		sandbox.clearLatency();
	}
});

test('three perspectives become one text with an analysis', async () => {
	const result = await run('perspectives');
	const [views] = itemsOf(result, 'Three Views');
	expect((views?.answers as IDataObject[]).map(({ label }) => label)).toEqual([
		'Finance',
		'Customers',
		'Operations',
	]);
	const [item] = itemsOf(result, 'Synthesis');
	expect(item?.answer).toEqual(expect.any(String));
	expect(sandbox.calls().length).toBe(3 + (item?.attempts as unknown[]).length);
});

test('the fallback drill gets its answers from the second vendor', async () => {
	const result = await run('fallbackDrill');
	const items = jsonOf(result, 'What Happened');
	expect(items).toHaveLength(3);
	for (const item of items) {
		expect(item.answeredBy).toBe('anthropic/claude-3-5-haiku-20241022');
		expect((item.calls as string[])[0]).toMatch(/--fault-503: overloaded$/);
		expect((item.calls as string[]).at(-1)).toMatch(/haiku-20241022: ok$/);
	}
	expect(callsInTrails(result, { routers: ['Ask'] })).toBe(sandbox.calls().length);
});

/** The examples as each version shipped them: an update must not break what builders have stored. */
describe('workflows of released versions', () => {
	const folder = join(__dirname, 'released');
	const stored = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => join('released', file.replace(/\.json$/, '')));

	test('are kept for every version', () => {
		const { version } = JSON.parse(
			readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'),
		) as { version: string };
		expect(readdirSync(folder)).toContain(version);
	});

	test.each(stored)('%s still runs', async (name) => {
		const result = await run(name);
		const ran = read(`${name}.json`).nodes.filter(({ type }) => type.startsWith(PACKAGE));
		expect(ran.filter(({ name: node }) => itemsOf(result, node).length === 0)).toEqual([]);
	});
});
