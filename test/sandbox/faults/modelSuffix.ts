import { parseFault, type Fault } from './fault';

/**
 * A model ID taken apart: `<base>--fault-<name>[--times-<n>][--for-<seconds>][--latency-<ms>][--tag-<word>]`, in any order;
 * a tag says nothing, it tells apart what would be one model to a client and in the log.
 */
export interface SuffixedModel {
	readonly baseId: string;
	readonly fault?: Fault;
	/** Only so many calls of this exact ID fail; absent means all. */
	readonly times?: number;
	/** Only calls within so many seconds of the first one of this exact ID fail; absent means all. */
	readonly forSeconds?: number;
	readonly latencyMs?: number;
}

/** A suffix that cannot be read leaves the ID whole, and no vendor knows such a model. */
export function parseModelId(modelId: string): SuffixedModel {
	const [baseId = '', ...suffixes] = modelId.split('--');
	let model: SuffixedModel = { baseId };
	for (const suffix of suffixes) {
		const [, key, value = ''] = /^(fault|times|for|latency|tag)-(.+)$/.exec(suffix) ?? [];
		const count = /^\d{1,9}$/.test(value) ? Number(value) : undefined;
		const fault = key === 'fault' ? parseFault(value) : undefined;
		if (key === 'tag') continue;
		if (fault !== undefined) model = { ...model, fault };
		else if (key === 'times' && count !== undefined) model = { ...model, times: count };
		else if (key === 'for' && count !== undefined) model = { ...model, forSeconds: count };
		else if (key === 'latency' && count !== undefined) model = { ...model, latencyMs: count };
		else return { baseId: modelId };
	}
	return model;
}
