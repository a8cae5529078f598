import { jsonOf } from '../../support/runWorkflow';
import { callAsTool } from '../shared/agent';
import { RECONCILE, node } from './underTest';

it('gives an agent answer, agreement and dissent on the only output that n8n reads', async () => {
	const run = await callAsTool(
		RECONCILE,
		node,
		{ answersField: "={{ $fromAI('answers', 'The answers to compare', 'json') }}" },
		{ answers: [{ text: '5' }, { text: 'five' }] },
		{},
	);
	expect(run.error).toBeUndefined();
	expect(jsonOf(run, 'Agent')[0]?.said).toEqual([
		{ answer: 5, agreement: 0.5, dissent: [{ model: 'answer 2', answer: 'five' }] },
	]);
});
