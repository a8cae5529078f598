import type { ModelFacts } from '../spec/catalog';
import catalog from './catalog.json';
import { decodeModel } from './decode';

/** `-2026-03-05` or `-20260305`: how vendors name a dated snapshot of a model. */
const SNAPSHOT_DATE = /-20\d{2}(?:-(?:0[1-9]|1[0-2])-\d{2}|(?:0[1-9]|1[0-2])\d{2})$/;

const idOf = (line: string): string => line.slice(0, line.indexOf(' '));

let lineById: ReadonlyMap<string, string> | undefined;

/** Rows by ID and alias; put together on first use, since most executions never ask. */
function lines(): ReadonlyMap<string, string> {
	if (!lineById) {
		const rows = new Map(catalog.models.map((line) => [idOf(line), line]));
		for (const pair of catalog.aliases) {
			const alias = idOf(pair);
			const line = rows.get(pair.slice(alias.length + 1));
			if (line !== undefined) rows.set(alias, line);
		}
		lineById = rows;
	}
	return lineById;
}

const DAY_MS = 86_400_000;
let day: { readonly number: number; readonly iso: string } | undefined;

function isoDate(nowMs: number | undefined): string | undefined {
	if (nowMs === undefined) return undefined;
	const number = Math.floor(nowMs / DAY_MS);
	if (day?.number !== number) {
		day = { number, iso: new Date(number * DAY_MS).toISOString().slice(0, 10) };
	}
	return day.iso;
}

/** Rows as they were read, by day: every request asks for each of its candidates. */
const decoded = new Map<string | undefined, Map<string, ModelFacts>>();
/** Today, and without a day. */
const MOST_DAYS = 2;

function factsOf(id: string, line: string, today: string | undefined): ModelFacts {
	let ofDay = decoded.get(today);
	if (ofDay === undefined) {
		if (decoded.size >= MOST_DAYS) decoded.clear();
		ofDay = new Map();
		decoded.set(today, ofDay);
	}
	let facts = ofDay.get(id);
	if (facts === undefined) {
		facts = decodeModel(id, line, catalog.sources, today);
		ofDay.set(id, facts);
	}
	return facts;
}

/**
 * What is known about a model, by its exact ID or a stated alias. An unknown snapshot of a known
 * model (its ID and a date) gets that model's facts, marked `estimated`: snapshots mostly keep
 * the price. Nothing else is guessed: a prefix is not a match. With `nowMs`, prices that the
 * vendor announced for a later day hold from that day on.
 */
export function findModel(candidateId: string, nowMs?: number): ModelFacts | undefined {
	const today = isoDate(nowMs);
	const line = lines().get(candidateId);
	if (line !== undefined) return factsOf(candidateId, line, today);
	const undatedId = candidateId.replace(SNAPSHOT_DATE, '');
	const undatedLine = undatedId === candidateId ? undefined : lines().get(undatedId);
	if (undatedLine === undefined) return undefined;
	const facts = decodeModel(candidateId, undatedLine, catalog.sources, today);
	return { ...facts, estimated: true };
}

/**
 * Models that the vendor still offers, of one provider or of all, by ID: what the editor lists when
 * a vendor's own list cannot be had.
 */
export function catalogModels(provider?: string): ModelFacts[] {
	return catalog.models
		.filter((line) => provider === undefined || line.startsWith(`${provider}/`))
		.map((line) => decodeModel(idOf(line), line, catalog.sources))
		.filter(({ status }) => status === 'current');
}

/** All IDs of one provider, those of deprecated models and the stated aliases among them. */
export function catalogIds(provider: string): string[] {
	return [...lines().keys()].filter((id) => id.startsWith(`${provider}/`));
}
