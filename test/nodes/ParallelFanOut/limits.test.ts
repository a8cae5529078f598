import type { IExecuteFunctions } from 'n8n-workflow';
import { FAN_OUT_LIMITS } from '../../../nodes/ParallelFanOut/limitsFields';
import { readPolicies } from '../../../nodes/shared/readPolicies';
import { jsonOf } from '../../support/runWorkflow';
import { FAN_OUT, HAIKU, MINI, models, peakOf, underTest } from '../shared/underTest';

const host = underTest();

const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ prompt: `item ${index}` }));

describe('Concurrency (Branches)', () => {
	test('bounds the calls over all items, and an item starts only when there is room for all of it', async () => {
		host.sandbox.setLatency({}, 60);
		const run = await host.run(
			FAN_OUT,
			{ candidates: models({ id: MINI, samples: 3 }), limits: { branchConcurrency: 7 } },
			numbered(6),
		);
		expect(jsonOf(run, 'Node')).toHaveLength(6);
		expect(host.sandbox.calls()).toHaveLength(18);
		expect(peakOf(host.sandbox.calls())).toBeLessThanOrEqual(6);
		expect(peakOf(host.sandbox.calls())).toBeGreaterThan(3);
	});

	test('bounds a panel that is larger than it', async () => {
		host.sandbox.setLatency({}, 60);
		const run = await host.run(
			FAN_OUT,
			{ candidates: models({ id: MINI, samples: 9 }), limits: { branchConcurrency: 4 } },
			numbered(2),
		);
		expect(jsonOf(run, 'Node')).toMatchObject([{ succeeded: 9 }, { succeeded: 9 }]);
		expect(peakOf(host.sandbox.calls())).toBe(4);
	});
});

describe('Max Cost per Item', () => {
	const two = { candidates: models(MINI, { id: HAIKU, maxOutputTokens: 100 }) };

	test('refuses before anybody is called for any item', async () => {
		const run = await host.run(FAN_OUT, { ...two, limits: { maxCostPerItemUsd: 0.001 } }, [
			{ prompt: 'short' },
			{ prompt: 'long '.repeat(5_000) },
		]);
		expect(run.error?.message).toMatch(
			/^No call was made: the item would cost about \$0\.00\d+, more than Max Cost per Item of \$0\.001\. anthropic\/.* about \$.*, openai\/.* about \$/,
		);
		expect(host.sandbox.calls()).toHaveLength(0);
	});

	test('under Continue only the item that is too dear fails', async () => {
		const run = await host.run(
			FAN_OUT,
			{ ...two, limits: { maxCostPerItemUsd: 0.001 } },
			[{ prompt: 'short' }, { prompt: 'long '.repeat(5_000) }],
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(jsonOf(run, 'Node')).toMatchObject([
			{ succeeded: 2 },
			{
				error: expect.stringContaining('more than Max Cost per Item'),
				message: expect.stringContaining('Raise Max Cost per Item under Limits'),
				details: { code: 'BUDGET_EXCEEDED', attempts: [] },
			},
		]);
		expect(host.sandbox.calls()).toHaveLength(2);
	});

	test('each sample counts', async () => {
		const limits = { maxCostPerItemUsd: 0.001 };
		const one = await host.run(FAN_OUT, { candidates: models(MINI), limits }, [{ prompt: 'hi' }]);
		expect(one.error).toBeUndefined();
		const many = await host.run(
			FAN_OUT,
			{ candidates: models({ id: MINI, samples: 20 }), limits },
			[{ prompt: 'hi' }],
		);
		expect(many.error?.message).toContain('and 15 more');
	});

	test('a model without a price is refused, with what to do', async () => {
		const local = {
			providers: ['openai', 'local'],
			localBaseUrl: `${host.sandbox.url}/local/v1`,
			limits: { maxCostPerItemUsd: 1 },
		};
		const run = await host.run(
			FAN_OUT,
			{ ...local, candidates: models(MINI, 'local/llama3.1:8b') },
			[{ prompt: 'hi' }],
		);
		expect(run.error?.message).toBe(
			'Whether the item keeps to Max Cost per Item of $1.00 cannot be told: no price is known for local/llama3.1:8b',
		);
		expect(host.sandbox.calls()).toHaveLength(0);
		const priced = { id: 'local/llama3.1:8b', inputPriceUsd: 0, outputPriceUsd: 0 };
		const free = await host.run(FAN_OUT, { ...local, candidates: models(MINI, priced) }, [
			{ prompt: 'hi' },
		]);
		expect(jsonOf(free, 'Node')).toMatchObject([{ succeeded: 2 }]);
	});
});

test('a node that does not offer a cost limit refuses it', () => {
	const getNodeParameter = ((name: string) =>
		name === 'limits' ? { maxCostPerItemUsd: 1 } : null) as IExecuteFunctions['getNodeParameter'];
	expect(readPolicies({ getNodeParameter }, 0, FAN_OUT_LIMITS).limits.maxCostPerItemUsd).toBe(1);
	const none = { options: [], schema: FAN_OUT_LIMITS.schema };
	expect(() => readPolicies({ getNodeParameter }, 0, none)).toThrow(
		'Limits: maxCostPerItemUsd is not an option of this node, got 1',
	);
});
