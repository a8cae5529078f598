import { candidateKey } from './candidateKey';
import { findModel } from './catalog/index';
import { sha256 } from './policies/cacheKey';
import { inJsonMode } from './prompt/instructJson';
import type { ChatRequest, ChatResponse } from './spec/chat';
import type { Outcome } from './spec/failures';
import type { Provider, VendorCandidate } from './spec/provider';
import type { FormatRefusals } from './state';

/** A request in the form in which one vendor is asked for JSON. */
export interface JsonAsk {
	readonly request: ChatRequest;
	/** Notes that the vendor does not take this form, so that the next call says it in words. */
	readonly settled: (outcome: Outcome<ChatResponse>) => Outcome<ChatResponse>;
}

/**
 * Asks for JSON in the vendor's own way where it has one that takes this schema, else in words. A
 * vendor that refused the form before is not sent it again.
 */
export function askForJson(
	request: ChatRequest,
	candidate: VendorCandidate,
	provider: Provider,
	refusals: FormatRefusals,
): JsonAsk {
	if (request.outputFormat === 'text') return { request, settled: (outcome) => outcome };
	const { jsonSchema } = request;
	const key = `${candidateKey(candidate)}|${sha256(JSON.stringify(jsonSchema ?? null))}`;
	const mode = refusals.has(key)
		? IN_WORDS
		: provider.jsonMode(jsonSchema, findModel(candidate.id)?.supportsJsonSchema);
	return {
		request: inJsonMode(request, mode),
		settled: (outcome) => {
			if (outcome.ok || outcome.failure.refusesFormat === undefined) return outcome;
			const { refusesFormat: _, ...failure } = outcome.failure;
			if (mode.native === 'none') return { ok: false, failure };
			refusals.add(key);
			return outcome;
		},
	};
}

const IN_WORDS = { native: 'none', inWords: true } as const;
