import type { IExecuteFunctions } from 'n8n-workflow';
import {
	InvalidPlanError,
	NoEligibleCandidateError,
	type Candidate,
	type SkipRecord,
	type Trace,
} from '../../engine/index';
import { CONNECTED, checkTicked, readRows, readTicked, type CandidateRow } from './candidateRows';
import type { ModelSlot } from './connectedModels';
import type { Connect } from './connections';
import { fieldReader } from './fieldReader';
import { readSettings } from './readSettings';

/** A listed or connected model, in the order in which the builder wants them. */
export type Listed = {
	readonly row: CandidateRow;
	/** Named elsewhere in the node and not in the list. */
	readonly isExtra: boolean;
} & ({ readonly candidate: Candidate } | { readonly skip: SkipRecord });

export interface CandidateSources {
	readonly connect: Connect;
	readonly slots: readonly ModelSlot[];
}

/**
 * Reads the candidates of one item. A model that cannot be used (no credential, nothing connected,
 * listed twice) is kept with the reason, as long as another one can be.
 *
 * @param ownSettings names of settings of a row that the node reads itself
 * @param named models that other fields of the node name; one that is listed as well stays listed
 * @param distinct own settings that make two rows of one model different requests
 * @throws {EngineError} when the list is wrong or nobody in it can be asked
 */
export async function readCandidates(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	{ connect, slots }: CandidateSources,
	ownSettings: readonly string[] = [],
	named: readonly CandidateRow[] = [],
	distinct: readonly string[] = [],
): Promise<Listed[]> {
	const field = fieldReader(context, itemIndex);
	const listedRows = readRows(field('candidates'));
	checkTicked([...listedRows, ...named], readTicked(field('providers') ?? []));
	const ownRows = [...unlistedSlots(slots, listedRows), ...listedRows];
	const extraRows = withoutListed(named, ownRows);
	const rows = [...ownRows, ...extraRows];
	if (rows.length === 0) {
		throw new InvalidPlanError(
			'Models is empty, got no model to ask',
			'Add a model under Models, or connect a chat model and raise Connected Models.',
		);
	}
	const seen = new Set<string>();
	const listed: Listed[] = [];
	for (const [index, row] of rows.entries()) {
		const isExtra = index >= ownRows.length;
		const { settings, price, limits } = readSettings(row.label, row.settings, ownSettings);
		const facts = { id: row.id, settings, price, limits, weight: 1 };
		const found =
			row.provider === CONNECTED
				? ofSlot(row, slots)
				: await ofVendor(row.provider, row.modelId, connect, field);
		const given = (row.settings ?? {}) as Readonly<Record<string, unknown>>;
		const key = JSON.stringify([row.id, settings, ...distinct.map((name) => given[name] ?? '')]);
		if (typeof found === 'string') {
			listed.push({ row, isExtra, skip: { model: row.id, reason: found } });
		} else if (seen.has(key)) {
			const reason = 'it is listed twice with the same settings';
			listed.push({ row, isExtra, skip: { model: row.id, reason } });
		} else {
			listed.push({ row, isExtra, candidate: { ...facts, ...found } });
			seen.add(key);
		}
	}
	if (seen.size === 0) throw nobody(listed.flatMap((one) => ('skip' in one ? [one.skip] : [])));
	return listed;
}

/** Each named model once, and only where the list does not hold it. */
function withoutListed(
	named: readonly CandidateRow[],
	listed: readonly CandidateRow[],
): CandidateRow[] {
	const known = new Set(listed.map(({ id }) => id));
	return named.filter(({ id }) => !known.has(id) && known.add(id));
}

/** Connected models that no row names: they come first, in the order of their numbers. */
function unlistedSlots(slots: readonly ModelSlot[], rows: readonly CandidateRow[]): CandidateRow[] {
	const named = new Set(rows.map(({ id }) => id));
	return slots
		.map(
			(_, slot) =>
				({
					label: `Connected Model ${slot + 1}`,
					id: `${CONNECTED}/${slot + 1}`,
					provider: CONNECTED,
					modelId: String(slot + 1),
					settings: {},
				}) satisfies CandidateRow,
		)
		.filter(({ id }) => !named.has(id));
}

function ofSlot({ label, modelId, id }: CandidateRow, slots: readonly ModelSlot[]) {
	const slot = /^[1-9]\d?$/.test(modelId) ? slots[Number(modelId) - 1] : undefined;
	if (slot === undefined) {
		const there = slots.length === 0 ? 'no such input' : `inputs 1 to ${slots.length} only`;
		throw new InvalidPlanError(
			`${label} is ${id}, but the node has ${there}`,
			'Raise Connected Models to the number of chat models that are connected, or remove the model.',
		);
	}
	if (!slot.ok) return slot.reason;
	return { kind: 'connected', model: slot.model, identity: slot.identity } as const;
}

async function ofVendor(
	provider: Exclude<CandidateRow['provider'], typeof CONNECTED>,
	modelId: string,
	connect: Connect,
	field: (name: string) => unknown,
) {
	const localBaseUrl = provider === 'local' ? field('localBaseUrl') : undefined;
	const connected = await connect(provider, localBaseUrl);
	if (!connected.ok) return connected.reason;
	return { kind: 'vendor', provider, modelId, connection: connected.connection } as const;
}

function nobody(skipped: readonly SkipRecord[]): NoEligibleCandidateError {
	const trace: Trace = {
		attempts: [],
		route: { strategy: 'priority', reason: 'no model can be asked', skipped },
		cache: 'off',
		latencyMs: 0,
		costUsd: 0,
		warnings: [],
	};
	const reasons = skipped.map(({ model, reason }) => `${model}: ${reason}`).join('; ');
	return new NoEligibleCandidateError(
		`No model can be asked. ${reasons}`,
		'Select a credential for at least one of the providers, or connect a chat model.',
		trace,
	);
}
