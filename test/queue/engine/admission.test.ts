import { createAdmission, type LocalAdmission } from '../../../engine/admission';
import { redisAdmission } from '../../../engine/redis/admission';
import { keysOf } from '../../../engine/redis/keys';
import { createLink, type Link } from '../../../engine/redis/link';
import type { Admission, AdmissionAsk, AdmissionEnd, Ticket } from '../../../engine/spec/admission';
import { seededRandom } from '../../support/seededRandom';
import { connectedClient, settingsOf, systemClock } from '../support/redisEngine';
import { startRedis, type RedisServer } from '../support/redisServer';

const SEQUENCES = 60;
const STEPS = 120;

let redis: RedisServer;
let link: Link;
beforeAll(async () => {
	redis = await startRedis();
	link = createLink(await connectedClient(settingsOf(redis.port)), systemClock);
});
afterAll(async () => {
	link.close();
	await redis.remove();
});

interface Rig {
	nowMs: number;
	readonly shared: readonly (Admission & { close: () => void })[];
	readonly model: LocalAdmission;
	/** Lets each process say that it is still there. */
	readonly renew: () => Promise<unknown>;
	readonly close: () => void;
}

/** Several processes over Redis, and the same calls through the policies of one process. */
function rig(prefix: string, processes: number): Rig {
	const one = { nowMs: 1_800_000_000_000 };
	const due = new Set<() => void>();
	const clock = {
		...systemClock,
		nowMs: () => one.nowMs,
		after: (_delayMs: number, renew: () => void) => {
			due.add(renew);
			return () => void due.delete(renew);
		},
	};
	const shared = Array.from({ length: processes }, (_, index) =>
		redisAdmission({
			link,
			keys: keysOf(prefix),
			local: createAdmission(),
			clock,
			process: `process-${index}`,
			timeMs: () => one.nowMs,
		}),
	);
	return Object.assign(one, {
		shared,
		model: createAdmission(),
		renew: async () => {
			const renewals = [...due];
			due.clear();
			for (const renew of renewals) renew();
			await settled();
		},
		close: () => shared.forEach((admission) => admission.close()),
	});
}

/** Settling is not waited for by those who do it; commands of one connection keep their order. */
const settled = async () => await link.send(async (client) => await client.ping());

describe.each([{ processes: 1 }, { processes: 3 }])('$processes processes', ({ processes }) => {
	test('Redis decides as the policies do, whatever happens in what order', async () => {
		const seen = new Map<string, number>();
		for (let seed = 0; seed < SEQUENCES; seed++) {
			const random = seededRandom(seed + 1000 * processes);
			const pick = <T>(...choices: readonly T[]): T =>
				choices[Math.floor(random() * choices.length)] as T;
			const limits = {
				...(random() < 0.5 ? { requestsPerMinute: pick(1, 5, 20) } : {}),
				...(random() < 0.5 ? { tokensPerMinute: pick(500, 3000) } : {}),
				...(random() < 0.5 ? { maxConcurrent: pick(1, 3, 8) } : {}),
			};
			const healthy = random();
			const one = rig(`admission-${processes}-${seed}:`, processes);
			const open: Array<{ shared: Ticket; model: Ticket }> = [];
			for (let step = 0; step < STEPS; step++) {
				one.nowMs += Math.floor(random() * pick(1, 100, 3000));
				await one.renew();
				if (random() < 0.45 && open.length > 0) {
					const [ended] = open.splice(Math.floor(random() * open.length), 1);
					const end: AdmissionEnd = {
						wasSent: random() < 0.9,
						nowMs: one.nowMs,
						...(random() < 0.8
							? { sample: random() < healthy ? 'ok' : pick('failure', 'timeout') }
							: {}),
						...(random() < 0.7 ? { tokens: Math.floor(random() * 800) } : {}),
						...(random() < 0.7 ? { costUsd: random() * 0.02 } : {}),
					};
					ended?.shared.end(end);
					ended?.model.end(end);
					await settled();
					continue;
				}
				const ask: AdmissionAsk = {
					key: pick('credential|a', 'credential|b'),
					limits,
					tokens: Math.floor(random() * 600),
					costUsd: random() * 0.02,
					isLone: random() < 0.1,
					nowMs: one.nowMs,
					budgets:
						seed % 2 === 0
							? []
							: [
									{ key: 'day', label: 'Max Cost per Day', limitUsd: 0.3, period: '2026-11-24' },
									{ key: 'run', label: 'Max Cost per Run', limitUsd: 0.2, period: '' },
								],
				};
				const admission = one.shared[Math.floor(random() * processes)] as Admission;
				const [shared, model] = [await admission.ask(ask), await one.model.ask(ask)];
				const where = `sequence ${seed}, step ${step}`;
				if (model.ticket === undefined) {
					const { refusal } = model;
					seen.set(refusal.cause, (seen.get(refusal.cause) ?? 0) + 1);
					// Who waits for a probe or a place looks more seldom where it goes over the network.
					const isPolled = refusal.untilMs - one.nowMs <= 50;
					expect({ where, ...shared }).toEqual({
						where,
						refusal: { ...refusal, untilMs: isPolled ? expect.any(Number) : refusal.untilMs },
					});
				} else {
					seen.set('admitted', (seen.get('admitted') ?? 0) + 1);
					expect({ where, refusal: 'refusal' in shared && shared.refusal }).toEqual({
						where,
						refusal: false,
					});
					if (shared.ticket !== undefined)
						open.push({ shared: shared.ticket, model: model.ticket });
				}
			}
			one.close();
		}
		console.log(`${SEQUENCES * STEPS} steps of ${processes} processes:`, Object.fromEntries(seen));
		for (const cause of ['admitted', 'breaker', 'concurrency', 'limit', 'budget']) {
			expect(seen.get(cause)).toBeGreaterThan(100);
		}
	});
});
