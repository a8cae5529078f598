import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import {
	listCatalog,
	listModels,
	type ModelListing,
	type ProviderId,
	type Run,
} from '../../engine/index';
import { CONNECTED, readTicked } from './candidateRows';
import { chosenModels, type ChosenModel } from './chosenModels';
import { connector, type Connect } from './connections';
import { MAX_CONNECTED_MODELS } from './fields/modelInputs';
import { MODEL_PAGES } from './modelPages';
import { egressFilterOf, runtime } from './runtime';
import { isProviderId, VENDORS } from './vendors';

type Row = INodeListSearchResult['results'][number];

/**
 * The models of all ticked vendors, as the vendors list them now, vendor by vendor, high version
 * numbers first. A vendor that cannot be asked gets one row that says why, and the models of the
 * catalogue: an error would hide the models of the others.
 *
 * Whenever a credential changes, the editor (n8n 2.40.7) loads the list anew for each field, copies
 * name and link from it, and empties a field whose model it does not find. A name or a link that is
 * copied and differs even makes it look for the models of the other fields in a list that is not
 * loaded. So each model that was chosen is in the list, just as its field shows it.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const ticked = readTicked(this.getCurrentNodeParameter('providers') ?? []);
	const own = connectedRows(this.getCurrentNodeParameter('connectedModels'));
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
	const listed = [...own, ...lists.flat()];
	const rows = withChosen(listed.length === 0 ? [TICK_FIRST] : listed, [
		...chosenModels(this.getCurrentNodeParameters()).values(),
	]);
	const words = (filter ?? '').toLowerCase().split(/\s+/).filter(Boolean);
	const matches = (row: Row) => {
		const text = `${row.name} ${row.value}`.toLowerCase();
		return isMessage(row) || words.every((word) => text.includes(word));
	};
	return { results: rows.filter(matches) };
}

const TICK_FIRST: Row = {
	name: 'Tick a Provider Above to See Its Models',
	value: '',
	url: MODEL_PAGES[CONNECTED].url,
};

/** The inputs of the node, for placing a connected model among the listed ones. */
function connectedRows(count: unknown): Row[] {
	const slots = Math.min(Number(count) || 0, MAX_CONNECTED_MODELS);
	return Array.from({ length: Math.max(0, slots) }, (_, slot) => ({
		name: `Connected · Model ${slot + 1}`,
		value: `${CONNECTED}/${slot + 1}`,
		url: MODEL_PAGES[CONNECTED].url,
	}));
}

async function rowsOf(
	provider: ProviderId,
	connect: Connect,
	localBaseUrl: unknown,
	run: Run,
): Promise<Row[]> {
	const connected = await connect(provider, localBaseUrl).catch((error: Error) => ({
		ok: false as const,
		reason: error.message,
	}));
	if (!connected.ok) return catalogRows(provider, connected.reason);
	const listed = await listModels(connected.connection, run);
	if (!listed.ok) return catalogRows(provider, `no list (${listed.failure.message})`);
	if (listed.value.length === 0) return [messageRow(provider, 'the vendor lists no chat models')];
	return modelRows(provider, listed.value);
}

/** Why the vendor's own list cannot be had, and what the catalogue knows instead. */
function catalogRows(provider: ProviderId, reason: string): Row[] {
	const { models, checkedOn } = listCatalog(provider);
	if (models.length === 0) return [messageRow(provider, reason)];
	const origin = `from the catalogue of ${checkedOn ?? 'this package'}`;
	return [
		messageRow(provider, `${reason}; the models below are ${origin}`),
		...modelRows(provider, models).map((row) => ({ ...row, description: `Listed ${origin}` })),
	];
}

function modelRows(provider: ProviderId, models: readonly ModelListing[]): Row[] {
	const times = new Map<string, number>();
	for (const { label } of models) times.set(label, (times.get(label) ?? 0) + 1);
	return models
		.map(({ modelId, label }) => {
			// Vendors give a dated model and the alias for it one name.
			const shown =
				(times.get(label) ?? 0) > 1 && label !== modelId ? `${label} (${modelId})` : label;
			return {
				name: `${VENDORS[provider].name} · ${shown}`,
				value: `${provider}/${modelId}`,
				url: MODEL_PAGES[provider].url,
				...(label === modelId ? {} : { description: modelId }),
			};
		})
		.sort((one, other) => other.name.localeCompare(one.name, undefined, { numeric: true }));
}

/** The list with all models that were chosen, each as its field shows it. */
function withChosen(rows: readonly Row[], chosen: readonly ChosenModel[]): Row[] {
	const shown = new Map(chosen.map(({ value, name, url }) => [value, { name, url }]));
	const listed = rows.map((row): Row => {
		const { name = row.name, url = row.url } = shown.get(String(row.value)) ?? {};
		return { ...row, name, ...(url === undefined ? {} : { url }) };
	});
	const known = new Set(rows.map(({ value }) => value));
	const unlisted = chosen.filter(({ value }) => !known.has(value)).map(unlistedRow);
	return [...listed, ...unlisted];
}

/** A model that a field shows but no list holds: the vendor may not offer it any more. */
function unlistedRow({ value, name, url }: ChosenModel): Row {
	const provider = value.slice(0, value.indexOf('/'));
	const vendor = isProviderId(provider) ? provider : CONNECTED;
	const modelId = value.slice(provider.length + 1);
	const vendorName = isProviderId(provider) ? VENDORS[provider].name : provider;
	return {
		name: name ?? `${vendorName} · ${modelId}`,
		value,
		url: url ?? MODEL_PAGES[vendor].url,
		description: 'Chosen in this node, not listed now',
	};
}

/** Choosing it gives an ID that is refused with a clear message. */
function messageRow(provider: ProviderId, reason: string): Row {
	return {
		name: `${VENDORS[provider].name}: ${reason}`,
		value: `${provider}/`,
		url: MODEL_PAGES[provider].url,
	};
}

function isMessage({ value }: Row): boolean {
	return String(value).endsWith('/');
}
