import { InvalidPlanError } from './spec/errors';
import type { BudgetAsk } from './spec/admission';
import type { RedisSettings } from './spec/redis';
import { createSharing, type RedisChunk } from './sharing';
import type { EngineState } from './state';
import type { EgressFilter, Transport } from './spec/transport';
import type { Clock, Random } from './spec/ports';
import type { OnText } from './spec/provider';
import type { Vendors } from './vendors';

/** What the engine needs from the process it runs in; shared by all executions. */
export interface EngineRuntime {
	readonly state: EngineState;
	readonly clock: Clock;
	readonly random: Random;
	/** Loads the vendors' code on first use; later calls get the same promise. */
	readonly vendors: () => Promise<Vendors>;
	/** The connection pool that obeys `egress`; one for each filter, kept for the process's life. */
	readonly transport: (egress: EgressFilter | undefined) => Promise<Transport>;
	/** This runtime with a state that other processes share; one connection for each identity. */
	readonly sharing: (settings: RedisSettings) => Promise<SharedRuntime>;
	/** Closes every connection, for a process that goes on without the engine. */
	readonly close: () => Promise<void>;
}

/** The state that several processes share, as one execution sees it. */
export interface SharedRuntime {
	readonly runtime: EngineRuntime;
	/**
	 * Why this execution had to go on with the state of this process alone, if only for a while;
	 * absent: it did not.
	 */
	readonly warning: () => string | undefined;
}

/** What one execution of a node adds. */
export interface Run {
	readonly runtime: EngineRuntime;
	/** Fires when the execution is stopped. */
	readonly signal: AbortSignal;
	/** The host's guard against calls into private networks, where it offers one. */
	readonly egress?: EgressFilter;
	/** What every call has to fit into; absent: no budget. */
	readonly budgets?: readonly BudgetAsk[];
}

/** A run of one request whose answer may be shown while it is being written. */
export interface ShownRun extends Run {
	/**
	 * Gets the text of the one answer, in pieces while it is being written, or whole where it comes
	 * from elsewhere. Nothing of a second answer ever follows. Absent: nobody watches.
	 */
	readonly onText?: OnText;
}

export interface RuntimeOptions {
	readonly state: EngineState;
	readonly clock: Clock;
	readonly random: Random;
	/** Loads the chunk that holds the vendors' code and the HTTP client. */
	readonly loadVendors: () => Promise<Vendors>;
	/** Where state may be shared with other processes. */
	readonly sharing?: {
		/** Loads the chunk that holds the Redis client. */
		readonly loadRedis: () => Promise<RedisChunk>;
		/** Differs between processes. */
		readonly process: string;
	};
}

export function createRuntime({
	state,
	clock,
	random,
	loadVendors,
	sharing,
}: RuntimeOptions): EngineRuntime {
	const open = new Map<EgressFilter | undefined, Promise<Transport>>();
	const shared = sharing && createSharing(sharing.loadRedis, clock, sharing.process);
	let loading: Promise<Vendors> | undefined;

	// What failed to load or open is tried again: a rejected promise must not stay for good.
	const vendors = () =>
		(loading ??= loadVendors().catch((error: unknown) => {
			loading = undefined;
			throw error;
		}));

	const runtime: EngineRuntime = {
		state,
		clock,
		random,
		vendors,
		transport: (egress) => {
			let transport = open.get(egress);
			if (transport === undefined) {
				transport = vendors()
					.then(({ createTransport }) => createTransport({ egress }))
					.catch((error: unknown) => {
						open.delete(egress);
						throw new InvalidPlanError(
							error instanceof Error ? error.message : 'The HTTP client cannot start',
							'Correct the setting in the environment of n8n and start it again.',
							undefined,
							{ cause: error },
						);
					});
				open.set(egress, transport);
			}
			return transport;
		},
		sharing: async (settings) => {
			if (shared === undefined) throw new Error('This runtime was made without sharing');
			const { state, link } = await shared.connect(settings);
			const wasDown = link.isDown();
			const before = link.troubles();
			const hadTrouble = () => wasDown || link.troubles() > before;
			return {
				runtime: { ...runtime, state },
				warning: () => (hadTrouble() ? link.lastTrouble() : undefined),
			};
		},
		close: async () => {
			const transports = await Promise.all(open.values());
			open.clear();
			await Promise.all([shared?.close(), ...transports.map((transport) => transport.close())]);
		},
	};
	return runtime;
}
