import { InvalidPlanError, limitsSchema, reliabilitySchema } from '../../../engine/index';
import { LIMITS_OPTIONS, RELIABILITY_OPTIONS } from '../../../nodes/shared/fields/policies';
import { readOptions } from '../../../nodes/shared/readOptions';

const reliability = (raw: unknown) =>
	readOptions('Reliability', raw, RELIABILITY_OPTIONS, reliabilitySchema);

test('fills what was left out with the defaults', () => {
	expect(reliability({ maxRetries: 0 })).toEqual({
		...reliabilitySchema.parse({}),
		maxRetries: 0,
	});
	expect(reliability(undefined)).toEqual(reliabilitySchema.parse({}));
});

test('takes numbers and lists that an expression gave as text', () => {
	const { maxRetries, fallbackOn } = reliability({
		maxRetries: ' 3 ',
		fallbackOn: 'quota, timeout',
	});
	expect(maxRetries).toBe(3);
	expect(fallbackOn).toEqual(['quota', 'timeout']);
});

test.each([
	[{ deadlineSeconds: 0 }, 'Reliability: Deadline (Seconds) must be more than 0, got 0'],
	[{ deadlineSeconds: -5 }, 'Reliability: Deadline (Seconds) must be more than 0, got -5'],
	[
		{ deadlineSeconds: 1e9 },
		'Reliability: Deadline (Seconds) must be at most 86400, got 1000000000',
	],
	[
		{ timeoutSeconds: 'soon' },
		'Reliability: Timeout per Attempt (Seconds) must be a number, got "soon"',
	],
	[{ maxRetries: 1.5 }, 'Reliability: Max Retries per Model must be a whole number, got 1.5'],
	[{ maxAttempts: '' }, 'Reliability: Max Attempts per Item must be a number, got ""'],
	[{ maxAttempts: undefined }, 'Reliability: Max Attempts per Item must have a value, got nothing'],
	[{ fallbackOn: ['weather'] }, 'Reliability: Fall Back On must be one of'],
	[{ hedge: 3 }, 'Reliability: hedge is not an option of this node, got 3'],
])('refuses %j', (raw, message) => {
	expect(() => reliability(raw)).toThrow(InvalidPlanError);
	expect(() => reliability(raw)).toThrow(message);
});

test('refuses a concurrency of 0 and says what to do', () => {
	const read = () => readOptions('Limits', { concurrency: 0 }, LIMITS_OPTIONS, limitsSchema);
	expect(read).toThrow('Limits: Concurrency (Items) must be at least 1, got 0');
	expect(read).toThrow(
		expect.objectContaining({
			advice: 'Change Concurrency (Items) under Limits, or remove it there to use the default.',
		}),
	);
});
