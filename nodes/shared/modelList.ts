import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listModels, type ProviderId, type Run } from '../../engine/index';
import { CONNECTED, readTicked } from './candidateRows';
import { connector, type Connect } from './connections';
import { MAX_CONNECTED_MODELS } from './fields/modelInputs';
import { egressFilterOf, runtime } from './runtime';
import { VENDORS } from './vendors';

type Row = INodeListSearchResult['results'][number];

/**
 * Says that there may be more than is listed. Whenever a credential changes, the editor empties every
 * row whose model is not in a list without this, a new vendor's refused key included (n8n 2.40.7).
 */
const MORE = 'more';

/**
 * The models of all ticked vendors, as the vendors list them now, vendor by vendor, high version
 * numbers first. A vendor that cannot be asked gets one row that says why: an error would hide the
 * models of the others.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (paginationToken !== undefined) return { results: [] };
	const ticked = readTicked(this.getCurrentNodeParameter('providers') ?? []);
	const own = connectedRows(this.getCurrentNodeParameter('connectedModels'));
	if (ticked.length === 0 && own.length === 0) {
		return { results: [{ name: 'Tick a Provider Above to See Its Models', value: '' }] };
	}
	const connect = connector(this, this.getNode());
	const localBaseUrl = this.getCurrentNodeParameter('localBaseUrl');
	const run: Run = {
		runtime: runtime(),
		signal: new AbortController().signal,
		egress: egressFilterOf(this.helpers),
	};
	const lists = await Promise.all(
		ticked.map(async (provider) => await rowsOf(provider, connect, localBaseUrl, run)),
	);
	const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const matches = (row: Row) => {
		const text = `${row.name} ${row.value}`.toLowerCase();
		return isMessage(row) || words.every((word) => text.includes(word));
	};
	return { results: [...own, ...lists.flat()].filter(matches), paginationToken: MORE };
}

/** The inputs of the node, for placing a connected model among the listed ones. */
function connectedRows(count: unknown): Row[] {
	const slots = Math.min(Number(count) || 0, MAX_CONNECTED_MODELS);
	return Array.from({ length: Math.max(0, slots) }, (_, slot) => ({
		name: `Connected · Model ${slot + 1}`,
		value: `${CONNECTED}/${slot + 1}`,
	}));
}

async function rowsOf(
	provider: ProviderId,
	connect: Connect,
	localBaseUrl: unknown,
	run: Run,
): Promise<Row[]> {
	const { name } = VENDORS[provider];
	const connected = await connect(provider, localBaseUrl).catch((error: Error) => ({
		ok: false as const,
		reason: error.message,
	}));
	if (!connected.ok) return [messageRow(provider, connected.reason)];
	const listed = await listModels(connected.connection, run);
	if (!listed.ok) return [messageRow(provider, `no list (${listed.failure.message})`)];
	if (listed.value.length === 0) return [messageRow(provider, 'the vendor lists no chat models')];
	return listed.value
		.map(({ modelId, label }) => ({
			name: `${name} · ${label}`,
			value: `${provider}/${modelId}`,
			...(label === modelId ? {} : { description: modelId }),
		}))
		.sort((one, other) => other.name.localeCompare(one.name, undefined, { numeric: true }));
}

/** Choosing it gives an ID that is refused with a clear message. */
function messageRow(provider: ProviderId, reason: string): Row {
	return { name: `${VENDORS[provider].name}: ${reason}`, value: `${provider}/` };
}

function isMessage({ value }: Row): boolean {
	return String(value).endsWith('/');
}
