/** US$ per million tokens. An absent price is not known; it is never 0 for "unknown". */
export interface TokenPrices {
	readonly inputUsd: number;
	readonly outputUsd: number;
	/** Input read from the vendor's prompt cache; absent: billed as input. */
	readonly cachedInputUsd?: number;
	/** Input written to the vendor's prompt cache; absent: billed as input. */
	readonly cacheWriteUsd?: number;
}

export interface Pricing extends TokenPrices {
	/** Prices of a request whose input is longer than `aboveInputTokens`, ascending. */
	readonly tiers?: readonly (TokenPrices & { readonly aboveInputTokens: number })[];
	/** Factor on all prices in the vendor's batch API, e.g. 0.5. */
	readonly batchFactor?: number;
}

/** What is known about one model. Facts age: each row says where it is from and when it was read. */
export interface ModelFacts {
	/** `provider/model`, as candidates are named. */
	readonly id: string;
	/** Tokens, prompt and answer together where the vendor counts so. */
	readonly contextWindowTokens?: number;
	readonly maxOutputTokens?: number;
	readonly pricing?: Pricing;
	/** What a prompt may hold. */
	readonly inputs: readonly ('text' | 'image' | 'pdf' | 'audio')[];
	readonly supportsTools?: boolean;
	readonly supportsJsonSchema?: boolean;
	readonly supportsReasoning?: boolean;
	readonly status: 'current' | 'deprecated';
	/** True when the row was found by something less than the exact ID or a stated alias. */
	readonly estimated?: boolean;
	readonly source: string;
	/** ISO date. */
	readonly checkedOn: string;
}
