import { InvalidPlanError, PROVIDER_IDS, type ProviderId } from '../../engine/index';
import { EXAMPLE_MODEL } from './defaultCandidates';
import { shown } from './shown';
import { isProviderId, VENDORS } from './vendors';

/** The word before the slash that stands for a model on an input of the node. */
export const CONNECTED = 'connected';

/** One row of the list of models, its ID taken apart. */
export interface CandidateRow {
	/** How messages name the row. */
	readonly label: string;
	readonly id: string;
	readonly provider: ProviderId | typeof CONNECTED;
	/** The vendor's own ID; for a connected model its number. */
	readonly modelId: string;
	readonly settings: unknown;
}

const WAY_OUT = `Write provider/model, for example ${EXAMPLE_MODEL}; providers are ${[...PROVIDER_IDS, CONNECTED].join(', ')}.`;

/**
 * Reads the list of models.
 *
 * @throws {InvalidPlanError} for a row whose model is empty, not `provider/model`, or no plain ID
 */
export function readRows(raw: unknown): CandidateRow[] {
	const values: unknown = isRecord(raw) ? raw.values : undefined;
	if (!Array.isArray(values)) return [];
	return values.map((row: unknown, index) => {
		const { model, settings } = isRecord(row) ? row : {};
		return { ...readId(`Model ${index + 1}`, model), settings };
	});
}

/**
 * Reads models that are named outside the list: one ID, or several separated by commas.
 *
 * @param label names the field in messages, e.g. `Rule 2`
 */
export function readNamed(label: string, raw: unknown): CandidateRow[] {
	const value: unknown = isRecord(raw) ? raw.value : raw;
	const ids = typeof value === 'string' ? value.split(',') : [value];
	return ids.map((id) => ({ ...readId(label, id), settings: {} }));
}

function readId(label: string, raw: unknown): Omit<CandidateRow, 'settings'> {
	const value: unknown = isRecord(raw) ? raw.value : raw;
	const id = typeof value === 'string' ? value.trim() : '';
	if (id === '') {
		const got = shown(value);
		throw new InvalidPlanError(
			`${label} must be a model ID such as ${EXAMPLE_MODEL}, got ${got}`,
			WAY_OUT,
		);
	}
	const slash = id.indexOf('/');
	const provider = id.slice(0, slash);
	const modelId = id.slice(slash + 1);
	if (slash < 1 || modelId === '' || /\s/.test(id)) {
		throw new InvalidPlanError(`${label} must be provider/model, got ${shown(value)}`, WAY_OUT);
	}
	const problem = pathProblem(modelId);
	if (problem !== undefined) {
		throw new InvalidPlanError(
			`${label} cannot be asked for: its ID holds ${problem}, got ${shown(value)}`,
			`Write the ID as the vendor lists it, for example ${EXAMPLE_MODEL}.`,
		);
	}
	if (provider === CONNECTED || isProviderId(provider)) return { label, id, provider, modelId };
	throw new InvalidPlanError(
		`${label}: the provider ${shown(provider)} is not known, got ${shown(value)}`,
		WAY_OUT,
	);
}

/** What in an ID would lead a request elsewhere: some vendors take the ID as a part of the address. */
function pathProblem(modelId: string): string | undefined {
	const sign = /[?#\\]/.exec(modelId)?.[0];
	if (sign !== undefined) return `the character ${sign}`;
	if (/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(modelId)) {
		return 'a character that cannot be seen';
	}
	// An address may spell a dot as %2e and a slash as %2f.
	const segments = modelId.replace(/%2e/gi, '.').split(/\/|%2f/i);
	if (segments.includes('')) return 'an empty part between slashes';
	const dots = segments.find((segment) => segment === '.' || segment === '..');
	return dots === undefined ? undefined : `the part ${shown(dots)}`;
}

/** Reads which vendors are ticked; an expression may give their names separated by commas. */
export function readTicked(raw: unknown): ProviderId[] {
	const names: unknown = typeof raw === 'string' ? raw.split(',').map((name) => name.trim()) : raw;
	if (!Array.isArray(names)) {
		throw new InvalidPlanError(
			`Providers must be a list, got ${shown(raw)}`,
			`Tick the providers to use, or give a list of ${PROVIDER_IDS.join(', ')}.`,
		);
	}
	return names
		.filter((name: unknown) => name !== '')
		.map((name: unknown) => {
			if (typeof name === 'string' && isProviderId(name)) return name;
			throw new InvalidPlanError(
				`Providers: ${shown(name)} is not known`,
				`Use ${PROVIDER_IDS.join(', ')}.`,
			);
		});
}

/** @throws {InvalidPlanError} when a row names a vendor that is not ticked */
export function checkTicked(rows: readonly CandidateRow[], ticked: readonly ProviderId[]): void {
	for (const { label, id, provider } of rows) {
		if (provider === CONNECTED || ticked.includes(provider)) continue;
		const { name } = VENDORS[provider];
		throw new InvalidPlanError(
			`${label} is ${id}, but ${name} is not ticked under Providers`,
			`Tick ${name} under Providers and select its credential, or remove the model.`,
		);
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
