import { isTool } from '../../../nodes/shared/isTool';

it.each([
	['n8n-nodes-multi-model.reconcileTool', true],
	['n8n-nodes-multi-model.reconcile', false],
])('tells by its type whether %s is a tool: %s', (type, expected) => {
	expect(isTool({ type })).toBe(expected);
});
