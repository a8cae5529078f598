import { createAdmission } from '../../engine/admission';
import type { AdmissionAsk, AdmissionAnswer, BudgetAsk, Ticket } from '../../engine/spec/admission';

const T0 = 1_000_000;
const asking = (changes: Partial<AdmissionAsk> = {}): AdmissionAsk => ({
	key: 'credential|model',
	limits: {},
	tokens: 100,
	budgets: [],
	costUsd: 0.01,
	isLone: false,
	nowMs: T0,
	...changes,
});
const day: BudgetAsk = {
	key: 'day',
	label: 'Max Cost per Day',
	limitUsd: 0.05,
	period: '2026-11-24',
};

function ticketOf(answer: AdmissionAnswer): Ticket {
	if (answer.ticket === undefined) throw new Error(answer.refusal.reason);
	return answer.ticket;
}
const admitted = (answers: readonly AdmissionAnswer[]) =>
	answers.filter(({ ticket }) => ticket !== undefined).length;

test('1,000 at once under 100 requests a minute: exactly 100', async () => {
	const admission = createAdmission();
	const ask = asking({ limits: { requestsPerMinute: 100 } });
	const answers = await Promise.all(Array.from({ length: 1000 }, () => admission.ask(ask)));
	expect(admitted(answers)).toBe(100);
	for (const answer of answers.slice(0, 100)) {
		ticketOf(answer).end({ sample: 'ok', wasSent: true, nowMs: T0 + 1 });
	}
	expect(admitted([await admission.ask({ ...ask, nowMs: T0 + 59_999 })])).toBe(0);
	expect(admitted([await admission.ask({ ...ask, nowMs: T0 + 60_000 })])).toBe(1);
});

test('tokens hold exactly once they are settled', async () => {
	const admission = createAdmission();
	const ask = asking({ limits: { tokensPerMinute: 1000 }, tokens: 400 });
	const first = ticketOf(await admission.ask(ask));
	const second = ticketOf(await admission.ask(ask));
	expect((await admission.ask(ask)).ticket).toBeUndefined();
	first.end({ tokens: 100, wasSent: true, nowMs: T0 });
	second.end({ tokens: 500, wasSent: true, nowMs: T0 });
	expect(admitted([await admission.ask(ask), await admission.ask(ask)])).toBe(1);
});

test('calls at the same time are counted until they end, however often that is said', async () => {
	const admission = createAdmission();
	const ask = asking({ limits: { maxConcurrent: 2 } });
	const first = ticketOf(await admission.ask(ask));
	ticketOf(await admission.ask(ask));
	expect(await admission.ask(ask)).toMatchObject({
		refusal: { cause: 'concurrency', reason: 'limit of 2 calls at the same time' },
	});
	first.end({ wasSent: true, nowMs: T0 });
	first.end({ wasSent: true, nowMs: T0 });
	expect(admitted([await admission.ask(ask), await admission.ask(ask)])).toBe(1);
});

test('a budget sets the estimate aside, then counts what it cost', async () => {
	const admission = createAdmission();
	const ask = asking({ budgets: [day], costUsd: 0.02 });
	const first = ticketOf(await admission.ask(ask));
	ticketOf(await admission.ask(ask));
	const refused = await admission.ask(ask);
	expect(refused).toMatchObject({
		refusal: {
			cause: 'budget',
			untilMs: Infinity,
			reason:
				'Max Cost per Day of $0.050: $0.040 are spent or set aside, this call may cost $0.020',
		},
	});
	first.end({ costUsd: 0.01, wasSent: true, nowMs: T0 });
	expect(admitted([await admission.ask(ask)])).toBe(1);
});

test('a new day starts at nothing; what is not known counts as estimated; what was not sent is free', async () => {
	const admission = createAdmission();
	const ask = asking({ budgets: [day], costUsd: 0.03 });
	ticketOf(await admission.ask(ask)).end({ wasSent: false, nowMs: T0 });
	ticketOf(await admission.ask(ask)).end({ wasSent: true, nowMs: T0 });
	expect(admitted([await admission.ask(ask)])).toBe(0);
	const tomorrow = { ...day, period: '2026-11-25' };
	expect(admitted([await admission.ask({ ...ask, budgets: [tomorrow] })])).toBe(1);
});

test('what one check refuses is not reserved by another', async () => {
	const admission = createAdmission();
	const broke = asking({
		budgets: [{ ...day, limitUsd: 0.001 }],
		limits: { requestsPerMinute: 1 },
	});
	expect(admitted([await admission.ask(broke)])).toBe(0);
	expect(admitted([await admission.ask({ ...broke, budgets: [] })])).toBe(1);
});

test('an open breaker refuses, but probes the only model that is left', async () => {
	const admission = createAdmission();
	for (let call = 0; call < 3; call++) {
		ticketOf(await admission.ask(asking())).end({ sample: 'timeout', wasSent: true, nowMs: T0 });
	}
	const refused = await admission.ask(asking());
	expect(refused).toMatchObject({ refusal: { cause: 'breaker', untilMs: T0 + 5_000 } });
	const probe = ticketOf(await admission.ask(asking({ isLone: true })));
	// One at a time, however many wait.
	expect(await admission.ask(asking({ isLone: true }))).toMatchObject({
		refusal: { cause: 'breaker', reason: 'a probe is under way' },
	});
	probe.end({ sample: 'ok', wasSent: true, nowMs: T0 + 10 });
	expect(admitted([await admission.ask(asking({ nowMs: T0 + 20 }))])).toBe(1);
});

test('a probe that says nothing about the vendor leaves room for the next one', async () => {
	const admission = createAdmission();
	for (let call = 0; call < 3; call++) {
		ticketOf(await admission.ask(asking())).end({ sample: 'timeout', wasSent: true, nowMs: T0 });
	}
	const later = asking({ nowMs: T0 + 5_000 });
	ticketOf(await admission.ask(later)).end({ wasSent: true, nowMs: T0 + 5_001 });
	expect(admitted([await admission.ask(later), await admission.ask(later)])).toBe(1);
});

test('a spent day is not forgotten, however many other budgets there are', async () => {
	const admission = createAdmission();
	const spent = asking({ budgets: [day], costUsd: day.limitUsd });
	ticketOf(await admission.ask(spent)).end({ costUsd: day.limitUsd, wasSent: true, nowMs: T0 });
	for (let item = 0; item < 10_001; item++) {
		const budget = { ...day, key: `item|${item}`, period: '' };
		const answer = await admission.ask(asking({ budgets: [budget], costUsd: 0 }));
		ticketOf(answer).end({ costUsd: 0, wasSent: true, nowMs: T0 });
	}
	expect(admitted([await admission.ask(spent)])).toBe(0);
});

test('two days beside each other do not reset one another', async () => {
	const admission = createAdmission();
	let calls = 0;
	for (let turn = 0; turn < 20; turn++) {
		const period = turn % 2 === 0 ? '2026-11-24' : '2026-11-25';
		const answer = await admission.ask(
			asking({ budgets: [{ ...day, period }], costUsd: day.limitUsd }),
		);
		if (answer.ticket === undefined) continue;
		calls++;
		answer.ticket.end({ costUsd: day.limitUsd, wasSent: true, nowMs: T0 });
	}
	expect(calls).toBe(2);
});

test('a call from before the opening is not taken for the probe', async () => {
	const admission = createAdmission();
	const old = ticketOf(await admission.ask(asking()));
	for (let call = 0; call < 3; call++) {
		ticketOf(await admission.ask(asking())).end({ sample: 'timeout', wasSent: true, nowMs: T0 });
	}
	const probe = ticketOf(await admission.ask(asking({ nowMs: T0 + 6_000 })));
	old.end({ sample: 'timeout', wasSent: true, nowMs: T0 + 6_001 });
	probe.end({ sample: 'ok', wasSent: true, nowMs: T0 + 6_002 });
	expect(admitted([await admission.ask(asking({ nowMs: T0 + 6_003 }))])).toBe(1);
});
