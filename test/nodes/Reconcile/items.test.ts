import '../../support/timed';
import type { IDataObject } from 'n8n-workflow';
import { jsonOf } from '../../support/runWorkflow';
import { AGREED, DISAGREED, run } from './underTest';

const ITEMS = { answersFrom: 'items' };

const said = (groupId: unknown, model: string, text: string, more = {}) => ({
	...(groupId === undefined ? {} : { groupId: groupId as string }),
	model,
	text,
	...more,
});

it('groups items, however they are mixed, and pairs each group with all of them', async () => {
	const result = await run(ITEMS, [
		said('q1', 'a', '5'),
		said('q2', 'a', 'B.'),
		said('q1', 'b', '5'),
		said('q2', 'b', 'C.'),
		said('q1', 'c', '6'),
	]);
	expect(result.error).toBeUndefined();
	expect(result.items.Node?.[AGREED]).toMatchObject([
		{
			json: { groupId: 'q1', answer: 5, winner: ['a', 'b'], dissent: [{ model: 'c', answer: 6 }] },
			pairedItem: [{ item: 0 }, { item: 2 }, { item: 4 }],
		},
	]);
	expect(result.items.Node?.[DISAGREED]).toMatchObject([
		{ json: { groupId: 'q2', answer: 'B' }, pairedItem: [{ item: 1 }, { item: 3 }] },
	]);
});

it('keeps the fields that are the same in the whole group', async () => {
	const result = await run(ITEMS, [
		said(1, 'a', '5', { question: 'Why?', latencyMs: 10, costUsd: 1 }),
		said(1, 'b', '5', { question: 'Why?', latencyMs: 20, costUsd: 1 }),
	]);
	const [item] = jsonOf(result, 'Node', AGREED);
	expect(item).toMatchObject({ groupId: 1, question: 'Why?' });
	for (const key of ['text', 'model', 'latencyMs', 'costUsd']) {
		expect(item).not.toHaveProperty(key);
	}
});

it('takes all items for one question when none has the field, and says so', async () => {
	const result = await run(ITEMS, [said(undefined, 'a', '5'), said(undefined, 'b', '5')]);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ answer: 5, agreement: 1 }]);
	expect(result.hints.Node?.[1]).toMatchObject({
		type: 'info',
		message: expect.stringContaining('No item has the field "groupId"'),
	});
});

it('takes all items for one question without a hint when Group By is empty', async () => {
	const result = await run({ ...ITEMS, groupBy: '' }, [said(1, 'a', '5'), said(2, 'b', '5')]);
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([{ answer: 5, winner: ['a', 'b'] }]);
	expect(result.hints.Node).toHaveLength(1);
});

it('refuses items without the field when others have it, naming them', async () => {
	const result = await run(ITEMS, [
		said('q', 'a', '5'),
		said(undefined, 'b', '5'),
		said('q', 'c', '5'),
		said(undefined, 'd', '5'),
	]);
	expect(result.error).toMatchObject({
		message:
			'Item 1 has no field "groupId" to group by, nor has item 3, got {"model":"b","text":"5"}',
		description:
			'Give every item the field "groupId", or set Group By to a field that all have. This one has: model, text.',
		context: { itemIndex: 1 },
	});
});

it('lets failed items of a node before it pass without a vote', async () => {
	const failed = { error: 'All failed', message: 'Try again', details: {} };
	const result = await run(ITEMS, [
		said('q', 'a', '5'),
		said('q', 'b', '5'),
		failed,
		said('q', 'c', '', { status: 'failed' }),
	]);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result, 'Node', AGREED)).toMatchObject([
		{ answer: 5, agreement: 1, warnings: ['c did not vote: failed'] },
	]);
	expect(result.hints.Node?.[1]?.message).toBe(
		'Item 2 belongs to no group and did not vote: All failed',
	);
});

it('reads the fields of a group from its first item', async () => {
	const result = await run({ ...ITEMS, agreementThreshold: '={{ $json.above }}' }, [
		said('q1', 'a', '5', { above: 0.9 }),
		said('q2', 'a', '5', { above: 0.1 }),
		said('q1', 'b', '5', { above: 1 }),
		said('q2', 'b', '5', { above: 1 }),
	]);
	expect(jsonOf(result, 'Node', AGREED)).toHaveLength(2);
});

it('names ten of many items without the field, never the item itself', async () => {
	const many = Array.from({ length: 12 }, (_, index) => said(undefined, `m${index}`, '5'));
	const items = [said('q', 'a', '5'), said('q', 'b', '5'), ...many];
	const result = await run(ITEMS, items, { onError: 'continueRegularOutput' });
	const [first, , third] = jsonOf(result, 'Node', DISAGREED);
	expect(first?.error).toContain('nor have the items 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …, got');
	expect(third?.error).toContain('nor have the items 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, …, got');
});

it.each([
	['lost', { text: 'x' }],
	['failed', { error: 'All failed', message: 'Try again' }],
])('takes time in proportion to the %s items', async (_, item) => {
	const items = [said('q', 'a', '5'), said('q', 'b', '5'), ...Array<object>(20_000).fill(item)];
	const startedAtMs = performance.now();
	await run(ITEMS, items as IDataObject[], { onError: 'continueRegularOutput' });
	expect(performance.now() - startedAtMs).toBeLessThan(3000);
});
