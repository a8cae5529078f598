import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';
import { testRedisCredential } from '../../../nodes/shared/sharedState';
import { FAN_OUT, MINI, models, ROUTER, underTest } from './underTest';

const host = underTest();
/** As the harness calls the node that it runs. */
const NODE = 'Node';
const NOBODY = { url: 'redis://127.0.0.1:1', password: 'sk-secret' };
const ASKING = { candidates: models(MINI), sharedState: 'redis' };

const testing = async (data: IDataObject) =>
	await testRedisCredential.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'Redis',
		type: 'multiModelRedisApi',
		data: data as never,
	});

describe.each([{ type: ROUTER }, { type: FAN_OUT }])('$type', ({ type }) => {
	test('answers all the same when its Redis is away, and says so once', async () => {
		const credentials = { ...host.credentials, multiModelRedisApi: NOBODY };
		const items = ['One', 'Two', 'Three'].map((word) => ({ prompt: `${word} of ${type}` }));
		const run = await host.run(type, ASKING, items, { credentials });
		expect(run.error).toBeUndefined();
		expect(host.sandbox.calls()).toHaveLength(3);
		const said = (run.hints[NODE] ?? []).filter(({ message }) =>
			message.startsWith('Redis could not be used'),
		);
		expect(said).toHaveLength(1);
		expect(said[0]).toMatchObject({ type: 'warning', location: 'outputPane' });
		expect(said[0]?.message).toContain('nobody listens at its address');
		expect(JSON.stringify(run.hints)).not.toContain('sk-secret');
	});

	test('without a Redis credential no item is answered, in either error mode', async () => {
		const stopped = await host.run(type, ASKING, [{ prompt: 'One' }]);
		expect(stopped.error?.message).toContain('no Redis credential is selected');
		const node = { onError: 'continueRegularOutput' as const };
		const items = [{ prompt: 'One' }, { prompt: 'Two' }];
		const went = await host.run(type, ASKING, items, { node });
		expect(went.items[NODE]?.[0]?.map(({ json }) => String(json.error))).toEqual([
			expect.stringContaining('no Redis credential is selected'),
			expect.stringContaining('no Redis credential is selected'),
		]);
		expect(host.sandbox.calls()).toHaveLength(0);
	});
});

describe('the button Test', () => {
	test('says in words what is in the way', async () => {
		expect(await testing(NOBODY)).toEqual({
			status: 'Error',
			message: 'Redis cannot be used: nobody listens at its address.',
		});
	});

	test('says what is wrong with the fields', async () => {
		const { status, message } = await testing({ url: 'https://example.com' });
		expect(status).toBe('Error');
		expect(message).toContain('must begin with redis://');
	});
});
