import { catalogModels } from './catalog/index';
import { startDeadline } from './deadline';
import { maskFailure } from './maskSecrets';
import { retryAfterMs } from './policies/retryAfter';
import type { Run } from './runtime';
import type { Outcome } from './spec/failures';
import type { Connection, ModelListing, ProviderId } from './spec/provider';

/** A builder waits for this list in the editor. */
const LIST_TIMEOUT_MS = 10_000;

/** The chat models that a connection's first key may use, as the vendor lists them now. */
export async function listModels(
	connection: Connection,
	run: Run,
): Promise<Outcome<readonly ModelListing[]>> {
	const { clock } = run.runtime;
	const [{ providers }, transport] = await Promise.all([
		run.runtime.vendors(),
		run.runtime.transport(run.egress),
	]);
	const deadline = startDeadline(LIST_TIMEOUT_MS, run.signal, clock);
	try {
		const listed = await providers[connection.provider].listModels({
			connection,
			apiKey: connection.keys[0],
			signal: deadline.signal,
			fetch: transport.fetch,
			readRetryAfter: (headers, body) => retryAfterMs(headers, body, clock.nowMs()),
		});
		if (listed.ok) return listed;
		if (!deadline.expired()) {
			return { ok: false, failure: maskFailure(listed.failure, connection.keys) };
		}
		const message = `No list within ${LIST_TIMEOUT_MS / 1000} s`;
		return { ok: false, failure: { kind: 'timeout', message } };
	} finally {
		deadline.release();
	}
}

/** What the catalogue lists in place of a vendor. */
export interface CatalogListing {
	readonly models: readonly ModelListing[];
	/** ISO date on which the youngest row was read; absent where there is none. */
	readonly checkedOn?: string;
}

/** In the catalogue, but no models to chat with; the vendors' own lists are filtered alike. */
const NOT_CHAT = /deep-research|computer-use/;

/** The models of a vendor that the catalogue holds as current, for when its list cannot be had. */
export function listCatalog(provider: ProviderId): CatalogListing {
	const facts = catalogModels(provider).filter(({ id }) => !NOT_CHAT.test(id));
	const checkedOn = facts
		.map((model) => model.checkedOn)
		.sort()
		.at(-1);
	return {
		models: facts.map(({ id }) => {
			const modelId = id.slice(provider.length + 1);
			return { modelId, label: modelId };
		}),
		...(checkedOn === undefined ? {} : { checkedOn }),
	};
}
