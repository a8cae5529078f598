import type { JsonValue } from '../spec/json';
import { keepLatex, writesRawLatex } from './jsonEscapes';
import {
	type JsonMiss,
	type JsonReading,
	MAX_JSON_DEPTH,
	readJson,
	startsJson,
} from './jsonReader';
import { balancedEnd, matchAt } from './jsonText';

/** A part of an answer that reads as a JSON document. */
export interface JsonCandidate {
	readonly value: JsonValue;
	readonly start: number;
	readonly end: number;
	/** It stands in a code fence. */
	readonly fenced: boolean;
	/** The model closed all its brackets and wrote nothing in it that had to be guessed. */
	readonly clean: boolean;
	/** Nobody would take it for anything but a document: no list or set inside a sentence. */
	readonly sure: boolean;
}

export interface JsonFinds {
	/** In the order of the text. */
	readonly candidates: readonly JsonCandidate[];
	/** Why the last document that could not be read could not. */
	readonly miss: JsonMiss['miss'] | undefined;
}

type Found = Pick<JsonCandidate, 'value' | 'end' | 'clean'>;

/** What all attempts together may read, so that the event loop is never held up. */
const READING_BUDGET = 150_000;
/** A longer document has to be valid as it is: reading one with care takes its time. */
const MAX_READ_CHARS = 100_000;
/** What finding a bracket, a fence or a name costs of it. */
const TOKEN_COST = 4;
/** What a sign costs that is only counted as a bracket or a quote. */
const BALANCE_COST = 0.1;
/** An answer with more documents is none. */
const MAX_CANDIDATES = 200;

const TOKEN = /```|<\/?think(?:ing)?>|[{}[\]]|"[\w $.-]{1,60}"\s{0,20}:/g;
const FENCE_LABEL = /[\w+#.-]*[ \t]*(?:\r?\n\s*)?/y;
const FENCE_END = /\s*```/y;
const JSON_LABEL = /^(?:json\w*|jsonc|text|txt|plaintext)?\s*$/i;
/** Nothing but a document starts like this: what follows one that is broken is still inside it. */
const CONVINCING = /[[{]\s*["'“{[]|\{\s*[\w$-]+\s*:/y;
/** A list or a set is a document where it has a paragraph for itself, or follows a colon. */
const PARAGRAPH_BEFORE = /(?:^|\n[ \t\r]*\n|:[ \t\r]*\n)[ \t]*$/;
const PARAGRAPH_AFTER = /^[ \t\r]*(?:$|\n[ \t\r]*(?:\n|$))/;
const CONTEXT_CHARS = 100;
const QUOTED_KEY = /\[?\s*\{\s*"[^"\n]{1,200}"\s*:/y;

/**
 * The documents in an answer. What a model thought aloud is left out, and so is what lies inside a
 * document that cannot be read or whose start is missing: a piece is never taken for the whole.
 */
export function jsonCandidates(text: string): JsonFinds {
	const rawLatex = writesRawLatex(text);
	let candidates: JsonCandidate[] = [];
	let miss: JsonMiss['miss'] | undefined;
	let budget = READING_BUDGET;
	let insideBroken = false;
	let looseBrackets = 0;
	let keySeen = false;
	let index = 0;

	for (;;) {
		TOKEN.lastIndex = index;
		const found = TOKEN.exec(text);
		budget -= TOKEN_COST;
		if (found === null || budget <= 0 || candidates.length === MAX_CANDIDATES) {
			return { candidates, miss };
		}
		const token = found[0];
		index = found.index + token.length;
		if (token === '```') {
			insideBroken = false;
			readFence();
		} else if (token === '{' || token === '[') {
			if (insideBroken || !read(found.index, false)) looseBrackets++;
		} else if (token === '}' || token === ']') readCloser(found.index);
		else if (token.startsWith('</')) {
			candidates = [];
			insideBroken = false;
		} else if (token.startsWith('<')) {
			const end = text.indexOf(`</${token.slice(1)}`, index);
			index = end === -1 ? text.length : end + token.length + 1;
		} else keySeen = true;
	}

	function readFence(): void {
		const label = matchAt(FENCE_LABEL, text, index);
		const bodyStart = index + label.length;
		if (text[bodyStart] === '{' || text[bodyStart] === '[') {
			index = bodyStart + 1;
			if (read(bodyStart, true)) index += matchAt(FENCE_END, text, index).length;
			else looseBrackets++;
		} else if (!JSON_LABEL.test(label)) {
			const end = text.indexOf('```', bodyStart);
			if (end !== -1) index = end + 3;
		}
	}

	/** A bracket that closes what was never opened shows that the start of a document is missing. */
	function readCloser(at: number): void {
		if (looseBrackets > 0) looseBrackets--;
		else if (keySeen || text.slice(0, at).trimEnd().endsWith('"')) {
			candidates = [];
			keySeen = false;
		}
	}

	function read(start: number, fenced: boolean): boolean {
		if (!startsJson(text, start)) return false;
		const found = readValid(start) ?? readDamaged(start, fenced);
		if ('miss' in found) {
			miss = found.miss;
			insideBroken = found.miss !== 'broken' || matchAt(CONVINCING, text, start) !== '';
			return false;
		}
		const sure = fenced || isSure(start, found.end, found.clean);
		candidates.push({ ...found, start, fenced, sure });
		index = found.end;
		return true;
	}

	/** The document that starts here, where it is valid JSON as it stands. */
	function readValid(start: number): Found | JsonMiss | undefined {
		const balanced = balancedEnd(text, start);
		budget -= ((balanced?.end ?? text.length) - start) * BALANCE_COST;
		if (balanced === undefined) return undefined;
		const { end, depth } = balanced;
		if (depth > MAX_JSON_DEPTH) return { miss: 'deep', readTo: end };
		const json = text.slice(start, end);
		const plain = parseJson(json);
		if (plain === undefined) return undefined;
		const kept = keepLatex(json);
		const value = kept === json ? plain : parseJson(kept);
		return value === undefined ? undefined : { value, end, clean: true };
	}

	/** The document that starts here, first with trust in its quotes and commas, then without. */
	function readDamaged(start: number, fenced: boolean): Found | JsonMiss {
		const trusting = readWithCare(true);
		const isDone = 'miss' in trusting ? trusting.miss !== 'broken' : trusting.closed;
		return toFound(isDone ? trusting : readWithCare(false));

		function readWithCare(trustsSigns: boolean): JsonReading | JsonMiss {
			const maxChars = Math.min(MAX_READ_CHARS, budget);
			const reading = readJson(text, start, { trustsSigns, rawLatex, fenced, maxChars });
			budget -= ('miss' in reading ? reading.readTo : reading.end) - start;
			return reading;
		}
	}

	function isSure(start: number, end: number, closed: boolean): boolean {
		if (closed && matchAt(QUOTED_KEY, text, start) !== '') return true;
		const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
		const after = text.slice(end, end + CONTEXT_CHARS);
		return PARAGRAPH_BEFORE.test(before) && PARAGRAPH_AFTER.test(after);
	}
}

function toFound(reading: JsonReading | JsonMiss): Found | JsonMiss {
	if ('miss' in reading) return reading;
	const { json, end, closed, guessed } = reading;
	const value = parseJson(json);
	if (value === undefined) return { miss: 'broken', readTo: end };
	return { value, end, clean: closed && !guessed };
}

function parseJson(json: string): JsonValue | undefined {
	try {
		return JSON.parse(json) as JsonValue;
	} catch {
		return undefined;
	}
}
