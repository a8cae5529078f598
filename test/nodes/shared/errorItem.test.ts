import { NodeOperationError, type INode } from 'n8n-workflow';
import {
	AllCandidatesFailedError,
	InvalidPlanError,
	type AttemptRecord,
	type Trace,
} from '../../../engine/index';
import { errorItem, toNodeError } from '../../../nodes/shared/errorItem';

const NODE: INode = {
	id: 'id',
	name: 'Node',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const ATTEMPT: AttemptRecord = { model: 'a/b', attempt: 1, outcome: 'timeout', latencyMs: 5 };
const TRACE: Trace = {
	attempts: [ATTEMPT],
	route: { strategy: 'priority', reason: 'first', skipped: [{ model: 'c/d', reason: 'no key' }] },
	cache: 'miss',
	latencyMs: 5,
	warnings: [],
};

it('makes an item of exactly three keys, with every attempt and skip', () => {
	const error = new AllCandidatesFailedError('All failed', 'Try later.', TRACE);
	expect(errorItem(error, 3)).toEqual({
		json: {
			error: 'All failed',
			message: 'Try later.',
			details: {
				code: 'ALL_CANDIDATES_FAILED',
				attempts: [ATTEMPT],
				skipped: [{ model: 'c/d', reason: 'no key' }],
			},
		},
		pairedItem: { item: 3 },
	});
});

it.each([new Error('boom'), 'boom'])('makes an item of anything else that is thrown', (thrown) => {
	expect(errorItem(thrown, 0).json).toEqual({
		error: 'boom',
		message: expect.stringContaining('expressions'),
		details: { code: 'UNEXPECTED', attempts: [], skipped: [] },
	});
});

it('takes the advice that n8n gives with its own errors', () => {
	const error = new NodeOperationError(NODE, 'No', { description: 'Do this' });
	expect(errorItem(error, 0).json).toMatchObject({ error: 'No', message: 'Do this' });
});

it('makes an error of n8n with index, advice and cause', () => {
	const cause = new InvalidPlanError('Wrong', 'Change it.');
	expect(toNodeError(NODE, cause, 2)).toMatchObject({
		name: 'NodeOperationError',
		message: 'Wrong',
		description: 'Change it.',
		context: { itemIndex: 2 },
		cause,
	});
});

it('keeps its message where n8n has a sentence of its own for a word in it', () => {
	const cause = new InvalidPlanError('vendor: ECONNREFUSED after 3 tries', 'Start the server.');
	expect(toNodeError(NODE, cause, 0).message).toBe('vendor: ECONNREFUSED after 3 tries');
});

it('adds the index to an error that is one of n8n already', () => {
	const error = new NodeOperationError(NODE, 'No');
	expect(toNodeError(NODE, error, 4).context.itemIndex).toBe(4);
});
