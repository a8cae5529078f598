import { discardedCostUsd } from '../../../engine/policies/discardedCost';
import type { AttemptRecord } from '../../../engine/spec/trace';

const A = 'openai/a';
const B = 'anthropic/b';
const STRONG = 'openai/strong';

const call = (facts: Partial<AttemptRecord>): AttemptRecord => ({
	model: A,
	attempt: 1,
	outcome: 'ok',
	latencyMs: 1,
	costUsd: 0.001,
	...facts,
});
const vote = (model: string) => call({ model, purpose: 'vote' });

interface Case {
	readonly what: string;
	readonly attempts: readonly AttemptRecord[];
	readonly answeredBy?: string;
	readonly usd: number | undefined;
}

const CASES: readonly Case[] = [
	{ what: 'nothing for a stored answer', attempts: [], answeredBy: A, usd: undefined },
	{ what: 'nothing for the one call', attempts: [call({})], answeredBy: A, usd: undefined },
	{
		what: 'nothing for a failure that was not billed',
		attempts: [call({ outcome: 'server', costUsd: 0 }), call({})],
		answeredBy: A,
		usd: undefined,
	},
	{
		what: 'a failure that was billed',
		attempts: [call({ outcome: 'truncated', costUsd: 0.002 }), call({ model: B })],
		answeredBy: B,
		usd: 0.002,
	},
	{
		what: 'an answer that was not the JSON asked for, not its repair',
		attempts: [call({ outcome: 'schema-mismatch' }), call({ purpose: 'repair', costUsd: 0.1 })],
		answeredBy: A,
		usd: 0.001,
	},
	{
		what: 'unknown as soon as one call is: a loser that was given up may be billed',
		attempts: [
			call({ outcome: 'truncated' }),
			call({ outcome: 'aborted', costUsd: undefined }),
			call({ model: B }),
		],
		answeredBy: B,
		usd: undefined,
	},
	{
		what: 'the draft that was not accepted, and its check',
		attempts: [
			call({ purpose: 'draft' }),
			call({ model: B, purpose: 'verify', costUsd: 0.0005 }),
			call({ model: STRONG, costUsd: 0.02 }),
		],
		answeredBy: STRONG,
		usd: 0.0015,
	},
	{
		what: 'the draft when the strong answer was stored',
		attempts: [call({ purpose: 'draft' })],
		answeredBy: STRONG,
		usd: 0.001,
	},
	{
		what: 'nothing for votes that agree',
		attempts: [vote(A), vote(B)],
		answeredBy: A,
		usd: undefined,
	},
	{
		what: 'votes that were overruled',
		attempts: [vote(A), vote(B), call({ model: STRONG, costUsd: 0.02 })],
		answeredBy: STRONG,
		usd: 0.002,
	},
	{
		what: 'votes that a stored answer overruled',
		attempts: [vote(A), vote(B)],
		answeredBy: STRONG,
		usd: 0.002,
	},
	{
		what: 'everything when nobody answered',
		attempts: [call({ outcome: 'truncated' }), call({ outcome: 'empty-answer' })],
		usd: 0.002,
	},
];

test.each(CASES)('counts $what', ({ attempts, answeredBy, usd }) => {
	expect(discardedCostUsd(attempts, answeredBy)).toBe(usd);
});
