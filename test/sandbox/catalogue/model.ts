import type { ReasoningEffort, Vendor } from '../ask';

/**
 * Facts that age: a model's limits and habits as far as the sandbox acts on them. Each table names
 * its source. Prices are none of its business.
 */
export interface Model {
	/** What the reply calls the model: the dated snapshot where there is one. */
	readonly id: string;
	/** Names that lead to it. */
	readonly aliases: readonly string[];
	readonly label: string;
	/** Day of the release; only the lists show it. */
	readonly createdOn: string;
	readonly kind: 'chat' | 'other';
	/** Input and output together, except Gemini: input alone. */
	readonly contextTokens: number;
	readonly maxOutputTokens: number;
	/** `always`: unless the request switches it off; `optional`: only when it is asked for. */
	readonly reasoning: 'none' | 'optional' | 'always';
	/** Efforts that may be asked for; empty where the vendor has no such setting. */
	readonly efforts: readonly ReasoningEffort[];
	/** When temperature and its like are taken: `no-reasoning` = only with effort `none`. */
	readonly sampling: 'always' | 'no-reasoning' | 'never';
	/** `automatic`: long prefixes are cached unasked; `marked`: only where the request says so. */
	readonly promptCache: 'none' | 'automatic' | 'marked';
	/** JSON Schema output without the detour over a tool. */
	readonly nativeSchema: boolean;
	/** Recorded models that answer where this one has no recording of a question, best first. */
	readonly standIns: readonly string[];
}

type Row = Pick<Model, 'id' | 'label' | 'contextTokens' | 'maxOutputTokens'> & Partial<Model>;

/** For models whose release day could not be checked. */
const UNKNOWN_DAY = '2026-01-01';

/** A row with everything it does not say set to the habit of most chat models. */
export function model(row: Row): Model {
	return {
		aliases: [],
		createdOn: UNKNOWN_DAY,
		kind: 'chat',
		reasoning: 'none',
		efforts: [],
		sampling: 'always',
		promptCache: 'none',
		nativeSchema: true,
		standIns: [],
		...row,
	};
}

/** A model that the lists show and no chat endpoint serves. */
export function otherModel(id: string, label: string, createdOn: string): Model {
	return model({ id, label, createdOn, kind: 'other', contextTokens: 8192, maxOutputTokens: 1 });
}

/** The models of one vendor and how they are found. */
export interface Shelf {
	readonly vendor: Vendor;
	readonly models: readonly Model[];
	/** By any of its names. */
	readonly find: (name: string) => Model | undefined;
}

export function shelf(vendor: Vendor, models: readonly Model[]): Shelf {
	const byName = new Map<string, Model>();
	for (const one of models) {
		for (const name of [...one.aliases, one.id]) byName.set(name, one);
	}
	return { vendor, models, find: (name) => byName.get(name) };
}
