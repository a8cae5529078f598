import type { ChatResponse } from '../spec/chat';
import { member, type JsonValue } from '../spec/json';

/** The most of a reason that is kept, in characters. */
const MAX_REASON_CHARS = 1_000;
/** A verdict is short; a reply this long is something else. */
const MAX_VERDICT_CHARS = 20_000;

export type Parsed<T> =
	| { readonly ok: true; readonly value: T; readonly reason: string }
	| { readonly ok: false; readonly problem: string };

/**
 * The letter in a judge's reply. Whoever quotes a second verdict, maybe one that an answer made up,
 * gave none: nobody can tell which is meant.
 */
export function parseVerdict(response: ChatResponse, labels: readonly string[]): Parsed<string> {
	const ambiguous = ambiguity(response.text, 'best');
	if (ambiguous !== undefined) return { ok: false, problem: ambiguous };
	const best = member(response.data, 'best');
	if (typeof best !== 'string' || !labels.includes(best)) {
		return { ok: false, problem: 'its verdict names none of the answers' };
	}
	return { ok: true, value: best, reason: reasonIn(response.data) };
}

/** The letters in a member's reply, best first: each exactly once. */
export function parseRanking(
	response: ChatResponse,
	labels: readonly string[],
): Parsed<readonly string[]> {
	const ambiguous = ambiguity(response.text, 'ranking');
	if (ambiguous !== undefined) return { ok: false, problem: ambiguous };
	const ranking = member(response.data, 'ranking');
	const isWhole =
		Array.isArray(ranking) &&
		ranking.length === labels.length &&
		labels.every((label) => (ranking as readonly JsonValue[]).includes(label));
	if (!isWhole)
		return { ok: false, problem: 'its ranking does not hold every letter exactly once' };
	return { ok: true, value: ranking as readonly string[], reason: reasonIn(response.data) };
}

function ambiguity(text: string, key: string): string | undefined {
	if (text.length > MAX_VERDICT_CHARS) return 'its reply is too long for a verdict';
	const afterThoughts = text.slice(text.lastIndexOf('</think>') + 1);
	const found = [...afterThoughts.matchAll(new RegExp(`"${key}"\\s{0,20}:`, 'g'))].length;
	return found > 1 ? 'its reply holds more than one verdict' : undefined;
}

function reasonIn(data: JsonValue | undefined): string {
	const reason = member(data, 'reason');
	return typeof reason === 'string' ? reason.slice(0, MAX_REASON_CHARS) : '';
}
