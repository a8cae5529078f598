/** JSON through the node: the shape by schema or example, what repairs, and what comes out. */
import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { FAN_OUT, FLASH, HAIKU, MINI, models, ROUTER, underTest } from '../shared/underTest';

const host = underTest();

const asJson = {
	outputFormat: 'json',
	schemaType: 'example',
	jsonExample: '{ "city": "Paris", "river": { "name": "Seine", "lengthKm": 777 } }',
	reliability: { maxRetries: 0 },
};
const DOCUMENT = {
	city: expect.any(String) as string,
	river: { name: expect.any(String) as string, lengthKm: expect.any(Number) as number },
};
const WRONG = '--fault-wrong-json';
const prompt = 'Name a city and its river';

const trailOf = (item: IDataObject | undefined) =>
	(item?.attempts as IDataObject[]).map(({ model, outcome, purpose }) => [model, outcome, purpose]);

test.each([MINI, HAIKU, FLASH])('%s gives what an example shows', async (model) => {
	const run = await host.run(ROUTER, { ...asJson, candidates: models(model) }, [{ prompt }]);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model, data: DOCUMENT });
	expect(JSON.parse(item?.text as string)).toEqual(item?.data);
});

test('an answer that does not fit is repaired, and the trail and the cost say so', async () => {
	const model = `${MINI}${WRONG}--times-1`;
	const candidates = models({ id: model, inputPriceUsd: 1, outputPriceUsd: 2 }, HAIKU);
	const run = await host.run(ROUTER, { ...asJson, candidates }, [{ prompt }]);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model, data: DOCUMENT, cache: 'miss' });
	expect(trailOf(item)).toEqual([
		[model, 'schema-mismatch', undefined],
		[model, 'ok', 'repair'],
	]);
	const costs = (item?.attempts as IDataObject[]).map(({ costUsd }) => Number(costUsd));
	expect(item?.costUsd).toBeCloseTo((costs[0] ?? NaN) + (costs[1] ?? NaN), 10);
	expect(host.sandbox.calls()).toHaveLength(2);
});

test.each([
	{ jsonRepair: 'off', calls: [`${HAIKU}${WRONG}`, MINI] },
	{ jsonRepair: 'same', calls: [`${HAIKU}${WRONG}`, `${HAIKU}${WRONG}`, MINI] },
	{ jsonRepair: 'cheapest', calls: [`${HAIKU}${WRONG}`, MINI] },
])('Repair Call $jsonRepair, read for each item', async ({ jsonRepair, calls }) => {
	const candidates = models(`${HAIKU}${WRONG}`, MINI);
	const parameters = { ...asJson, candidates, jsonRepair: '={{ $json.repair }}' };
	const run = await host.run(ROUTER, parameters, [{ prompt, repair: jsonRepair }]);
	const [item] = jsonOf(run, 'Node');
	expect(item).toMatchObject({ model: MINI, data: DOCUMENT });
	const trail = trailOf(item);
	expect(trail.map(([model]) => model)).toEqual(calls);
	expect(trail.at(-1)?.[2]).toBe(jsonRepair === 'cheapest' ? 'repair' : undefined);
});

test('a branch of a fan-out repairs its own answer', async () => {
	const model = `${MINI}${WRONG}--times-1`;
	const run = await host.run(FAN_OUT, { ...asJson, candidates: models(model, HAIKU) }, [
		{ prompt },
	]);
	const answers = jsonOf(run, 'Node')[0]?.answers as IDataObject[];
	expect(answers.map(({ data }) => data)).toEqual([DOCUMENT, DOCUMENT]);
	expect(answers.map((answer) => trailOf(answer).length)).toEqual([2, 1]);
});

test('a workflow saved before there were examples keeps its schema', async () => {
	const run = await host.run(
		ROUTER,
		{
			outputFormat: 'json',
			jsonSchema:
				'{"type": "object", "properties": {"town": {"type": "string"}}, "required": ["town"]}',
		},
		[{ prompt: 'Name a town' }],
	);
	expect(jsonOf(run, 'Node')).toMatchObject([{ data: { town: expect.any(String) as string } }]);
});

test.each([
	{
		what: 'an example that leaves something open',
		parameters: { jsonExample: '{"tags": []}' },
		message: 'JSON Example cannot be used: the list at tags is empty: show one item in the example',
	},
	{
		what: 'a schema that cannot be',
		parameters: { schemaType: 'schema', jsonSchema: '{"type": "text"}' },
		message: 'JSON Schema cannot be used: "type" at the top level is "text"',
	},
	{
		what: 'a pattern that could take forever',
		parameters: { schemaType: 'schema', jsonSchema: '{"pattern": "^(a)\\\\1$"}' },
		message: 'JSON Schema cannot be used: "pattern" at the top level holds a back-reference',
	},
	{
		what: 'a repair that does not exist',
		parameters: { jsonRepair: '={{ "always" }}' },
		message: 'Repair Call must be one of cheapest, off, same, got "always"',
	},
])('$what is refused before any call', async ({ parameters, message }) => {
	const run = await host.run(ROUTER, { ...asJson, ...parameters }, [{ prompt }]);
	expect(run.error?.message).toContain(message);
	expect(host.sandbox.calls()).toHaveLength(0);
});
