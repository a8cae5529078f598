import type { Outcome } from '../spec/failures';
import { member, type JsonValue } from '../spec/json';
import type { ListModelsCall, ModelListing } from '../spec/provider';
import { classifyReply } from './classify';
import { bodyOf, startExchange } from './exchange';
import { networkFailure } from './networkFailure';

/** Reads one page of a vendor's model list. */
export async function getModelList(
	call: ListModelsCall,
	path: string,
	headers: Readonly<Record<string, string>>,
	read: (body: JsonValue) => readonly ModelListing[] | undefined,
): Promise<Outcome<readonly ModelListing[]>> {
	const exchange = startExchange(call.fetch);
	try {
		await exchange.fetch(`${call.connection.baseUrl}${path}`, {
			headers: { ...call.connection.headers, ...headers },
			signal: call.signal,
		});
	} catch (error) {
		return { ok: false, failure: networkFailure(error) };
	}
	const reply = exchange.reply();
	const body = bodyOf(reply);
	const models = reply?.status === 200 && body !== undefined ? read(body) : undefined;
	if (models !== undefined) return { ok: true, value: models };
	if (reply === undefined) return { ok: false, failure: networkFailure(undefined) };
	return { ok: false, failure: classifyReply(reply, call.readRetryAfter) };
}

/** The rows of a list under `key`, turned into listings; rows without an ID are left out. */
export function rows(
	body: JsonValue,
	key: string,
	listing: (row: JsonValue) => ModelListing | undefined,
): readonly ModelListing[] | undefined {
	const list = member(body, key);
	if (!Array.isArray(list)) return undefined;
	return (list as readonly JsonValue[]).flatMap((row) => listing(row) ?? []);
}

export function textMember(row: JsonValue, key: string): string | undefined {
	const value = member(row, key);
	return typeof value === 'string' && value !== '' ? value : undefined;
}
