import { fanOut, type EngineError } from '../../../engine/index';
import { candidate, planOf } from '../../support/scriptedEngine';
import { branch, policyOf, started } from './panel';

const policy = policyOf({});

async function refusedWith(maxCostUsd: number, panel = [branch('a'), branch('b')]) {
	const engine = started({ a: ['one'], b: ['two'] });
	const error = await engine.clock.run(fanOut(panel, policy, { ...engine.run, maxCostUsd })).then(
		() => undefined,
		(thrown: EngineError) => thrown,
	);
	return { error, calls: engine.calls };
}

test('refuses what is estimated to cost more than it may before the first call', async () => {
	const { error, calls } = await refusedWith(0.000_5);
	expect(error?.code).toBe('BUDGET_EXCEEDED');
	expect(error?.message).toMatch(/would cost about \$0\.00\d+, more than Max Cost per Item/);
	expect(calls).toHaveLength(0);
});

test('asks what is estimated to keep within it', async () => {
	const { error, calls } = await refusedWith(0.01);
	expect(error).toBeUndefined();
	expect(calls).toHaveLength(2);
});

test('counts a branch with the dearest model that may answer', async () => {
	const dear = { ...candidate('b'), price: { inputPriceUsd: 1_000, outputPriceUsd: 2_000 } };
	const withBackup = branch('a', { plan: planOf([candidate('a'), dear]) });
	const { error } = await refusedWith(0.5, [withBackup]);
	expect(error?.message).toMatch(/would cost about \$1\.0\d/);
});

test('refuses a model without a price', async () => {
	const priceless = { ...candidate('unheard-of'), price: {} };
	const { error, calls } = await refusedWith(5, [branch('a', { plan: planOf([priceless]) })]);
	expect(error?.message).toContain('no price is known for openai/unheard-of');
	expect(calls).toHaveLength(0);
});
