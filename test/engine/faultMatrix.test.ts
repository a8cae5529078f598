/**
 * Every fault of the sandbox × every vendor × the ways to ask: a Router with one model, a Router
 * with a backup, a branch of a Fan-out, a judge. What comes out must be the table, and the trail must
 * be the vendors' log.
 */
import {
	executeChat,
	fanOut,
	fanOutSchema,
	PANEL,
	type AttemptRecord,
	type ChatResult,
	type EngineError,
	type Plan,
	type Trace,
	type VendorCandidate,
} from '../../engine/index';
import type { CallRecord } from '../sandbox/index';
import { FAULT_NAMES } from '../sandbox/index';
import { ask, planOf } from '../support/scriptedEngine';
import { FAULT_MATRIX, type MatrixRow } from './faultMatrix';
import { answersOf, panelOf } from './panel/scriptedPanel';
import { startSandboxForEngine, VENDORS, type VendorCase } from './sandboxVendors';

const host = startSandboxForEngine();

const IMPATIENT: Partial<Plan> = {
	attemptTimeoutMs: 1_500,
	deadlineMs: 20_000,
	retry: { maxRetries: 1, maxAttempts: 8, baseDelayMs: 10, maxDelayMs: 20 },
};

/** One cell of the matrix, as it came out. */
interface Cell {
	/** Outcomes of the faulty model's calls. */
	readonly outcomes: readonly string[];
	/** Who answered. */
	readonly answered: 'faulty' | 'backup' | 'nobody';
	readonly keptWait: boolean;
	/** Calls that the trail tells of and the log does not, or the other way round. */
	readonly hidden: number;
	readonly leaksKey: boolean;
}

interface Ways {
	readonly alone: Cell;
	readonly 'with a backup': Cell;
	readonly branch: Cell;
	readonly judge: Cell;
}

const repeated = (outcome: string, calls: number) => Array.from({ length: calls }, () => outcome);

function expectedOf(row: MatrixRow): Ways {
	const { kind, callsAlone, callsBefore, backup } = row;
	const { asJson = { kind, calls: callsAlone } } = row;
	const well = { keptWait: true, hidden: 0, leaksKey: false };
	const answered = kind === 'ok' ? 'faulty' : 'nobody';
	const alone: Cell = { outcomes: repeated(kind, callsAlone), answered, ...well };
	return {
		alone,
		'with a backup': {
			outcomes: repeated(kind, callsBefore),
			answered: backup ? 'backup' : answered,
			...well,
		},
		branch: alone,
		// Two calls: the answers in one order and in the other.
		judge: {
			outcomes: repeated(asJson.kind, 2 * asJson.calls),
			answered: asJson.kind === 'ok' ? 'faulty' : 'nobody',
			...well,
		},
	};
}

beforeAll(async () => {
	// The first call of a process loads the vendors' code.
	for (const vendor of VENDORS) {
		const plan = planOf([host.candidateOf(vendor, vendor.model)]);
		await executeChat(ask(), plan, host.run());
	}
}, 60_000);

test('every fault of the sandbox is in the matrix', () => {
	const rows = FAULT_MATRIX.map(({ fault }) => fault.replace(/^(429-[a-z]+)-\d+$/, '$1-<n>'));
	expect(rows.sort()).toEqual([...FAULT_NAMES].sort());
});

test.each(FAULT_MATRIX.map((row) => ({ row, fault: row.fault, kind: row.kind })))(
	'$fault is $kind with every vendor and in every way to ask',
	async ({ row }) => {
		const ways = await Promise.all(
			VENDORS.map(async (vendor) => [vendor.provider, await allWays(vendor, row)] as const),
		);
		const expected = expectedOf(row);
		expect(Object.fromEntries(ways)).toEqual(
			Object.fromEntries(VENDORS.map(({ provider }) => [provider, expected])),
		);
	},
	60_000,
);

async function allWays(vendor: VendorCase, row: MatrixRow): Promise<Ways> {
	const named = (way: string) =>
		host.candidateOf(vendor, `${vendor.model}--fault-${row.fault}--tag-${way}`);
	const [alone, withBackup, branch, judge] = await Promise.all([
		route([named('alone')], row),
		route([named('backup'), backupOf(vendor)], row),
		asBranch(named('branch'), vendor, row),
		asJudge(named('judge'), row),
	]);
	return { alone, 'with a backup': withBackup, branch, judge };
}

function backupOf(vendor: VendorCase): VendorCandidate {
	const other = VENDORS[(VENDORS.indexOf(vendor) + 1) % VENDORS.length] ?? vendor;
	return host.candidateOf(other, `${other.model}--tag-behind${vendor.provider}`);
}

async function route(candidates: readonly VendorCandidate[], row: MatrixRow): Promise<Cell> {
	const result = await executeChat(ask(), planOf(candidates, IMPATIENT), host.run()).catch(
		(error: EngineError) => error,
	);
	const [faulty] = candidates;
	const answeredBy = 'answeredBy' in result ? result.answeredBy : undefined;
	return await cellOf(faulty, row, (result as ChatResult | EngineError).trace, result, answeredBy);
}

async function asBranch(
	faulty: VendorCandidate,
	vendor: VendorCase,
	row: MatrixRow,
): Promise<Cell> {
	const healthy = host.candidateOf(vendor, `${vendor.model}--tag-beside`);
	const branches = [faulty, healthy].map((one) => ({
		kind: 'text' as const,
		label: one.id,
		request: ask(),
		plan: planOf([one], IMPATIENT),
	}));
	const result = await fanOut(branches, fanOutSchema.parse({}), {
		...host.run(),
		deadlineMs: 20_000,
		seed: 'item',
		gate: async (work) => await work(),
	});
	expect(result.results[1]?.status).toBe('ok');
	const [own] = result.results;
	const attempts = own?.attempts ?? [];
	const answeredBy = own?.status === 'ok' ? faulty.id : undefined;
	return await cellOf(faulty, row, { attempts }, own, answeredBy);
}

async function asJudge(faulty: VendorCandidate, row: MatrixRow): Promise<Cell> {
	const answers = answersOf({ one: 'Canberra', two: 'Sydney' });
	const outcome = await PANEL.judge(
		'What is the capital of Australia?',
		answers,
		panelOf([planOf([faulty], IMPATIENT)]),
		host.run(),
	);
	const hasVerdict = outcome.verdicts?.some(({ picks }) => picks.some((pick) => pick !== null));
	if (hasVerdict !== true) expect(outcome.trace.warnings.join()).toContain('No verdict');
	return await cellOf(faulty, row, outcome.trace, outcome, hasVerdict ? faulty.id : undefined, 2);
}

async function cellOf(
	faulty: VendorCandidate | undefined,
	{ waitMs = 0 }: MatrixRow,
	trace: Pick<Trace, 'attempts'> | undefined,
	shown: unknown,
	answeredBy: string | undefined,
	callsAtOnce = 1,
): Promise<Cell> {
	await host.settled();
	const attempts = trace?.attempts ?? [];
	const own = attempts.filter(({ model }) => model === faulty?.id);
	const calls = host.sandbox.calls().filter(({ model }) => model === faulty?.modelId);
	const texts = shown instanceof Error ? [shown.message, trace] : shown;
	const key = faulty?.connection.keys[0]?.reveal() ?? '';
	return {
		outcomes: own.map(({ outcome }) => outcome),
		answered: answeredBy === undefined ? 'nobody' : answeredBy === faulty?.id ? 'faulty' : 'backup',
		keptWait: keptWait(calls, waitMs, callsAtOnce),
		hidden: Math.abs(own.length - calls.length) + differingStatuses(own, calls),
		leaksKey: JSON.stringify(texts).includes(key),
	};
}

/** No call within the pause after the first refusal, but those that were on their way by then. */
function keptWait(calls: readonly CallRecord[], waitMs: number, atOnce: number): boolean {
	if (waitMs === 0) return true;
	const refusedAtMs = Math.min(...calls.map(({ endedAtMs = Infinity }) => endedAtMs));
	const starts = calls.map(({ startedAtMs }) => startedAtMs).sort((one, other) => one - other);
	return starts.slice(atOnce).every((startedAtMs) => startedAtMs >= refusedAtMs + waitMs - 5);
}

function differingStatuses(
	attempts: readonly AttemptRecord[],
	calls: readonly CallRecord[],
): number {
	const told = attempts.flatMap(({ status }) => (status === undefined ? [] : [status]));
	return told.filter((status) => !calls.some((call) => call.status === status)).length;
}
