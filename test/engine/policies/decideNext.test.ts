import { decideNext, type AttemptSituation } from '../../../engine/policies/decideNext';
import { DEFAULT_FALLBACK_ON, FAILURE_KINDS, type FailureKind } from '../../../engine/index';

const policy = {
	retry: { maxRetries: 2, maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 8_000 },
	fallbackOn: DEFAULT_FALLBACK_ON,
};
const alone: AttemptSituation = {
	retries: 0,
	hasFreshKey: false,
	otherReady: false,
	remainingMs: 60_000,
};
const withOther = { ...alone, otherReady: true };
const half = () => 0.5;

function next(kind: FailureKind, situation: AttemptSituation, retryAfterMs?: number) {
	const hint = retryAfterMs === undefined ? {} : { retryAfterMs };
	return decideNext({ kind, message: kind, ...hint }, situation, policy, half);
}

test.each([
	['server', { step: 'retry', delayMs: 250 }],
	['overloaded', { step: 'retry', delayMs: 250 }],
	['network', { step: 'retry', delayMs: 250 }],
	['malformed-response', { step: 'retry', delayMs: 250 }],
	['empty-answer', { step: 'retry', delayMs: 250 }],
	['rate-limit', { step: 'moveOn', comeBackInMs: 250 }],
	['timeout', { step: 'moveOn', comeBackInMs: 250 }],
	['schema-mismatch', { step: 'moveOn', comeBackInMs: 250 }],
	['quota', { step: 'moveOn' }],
	['context-length', { step: 'moveOn' }],
	['content-filter', { step: 'moveOn' }],
	['truncated', { step: 'moveOn' }],
	['authentication', { step: 'stop' }],
	['permission', { step: 'stop' }],
	['invalid-request', { step: 'stop' }],
	['model-not-found', { step: 'stop' }],
	['cancelled', { step: 'stop' }],
] as const)('%s with another candidate ready', (kind, expected) => {
	expect(next(kind, withOther)).toEqual(expected);
});

test('knows every kind of failure', () => {
	for (const kind of FAILURE_KINDS) expect(next(kind, withOther).step).toBeDefined();
});

test('obeys the wait that the vendor names, without jitter', () => {
	expect(next('overloaded', alone, 9_000)).toEqual({ step: 'retry', delayMs: 9_000 });
	expect(next('overloaded', withOther, 9_000)).toEqual({ step: 'moveOn', comeBackInMs: 9_000 });
});

test('falls back once the retries are used up, or stops where the builder wants no fallback', () => {
	expect(next('server', { ...withOther, retries: 2 })).toEqual({ step: 'moveOn' });
	const strict = { ...policy, fallbackOn: [] };
	const failed = { kind: 'server', message: '' } as const;
	expect(decideNext(failed, { ...withOther, retries: 2 }, strict, half)).toEqual({ step: 'stop' });
	const limited = { kind: 'rate-limit', message: '', retryAfterMs: 3_000 } as const;
	expect(decideNext(limited, withOther, strict, half)).toEqual({ step: 'retry', delayMs: 3_000 });
});

test('does not wait beyond the deadline', () => {
	expect(next('rate-limit', { ...alone, remainingMs: 5_000 }, 5_000)).toEqual({ step: 'moveOn' });
});

test.each(['authentication', 'permission', 'rate-limit', 'quota'] as const)(
	'tries a fresh key first on %s',
	(kind) => {
		expect(next(kind, { ...withOther, hasFreshKey: true })).toEqual({ step: 'rotateKey' });
	},
);
