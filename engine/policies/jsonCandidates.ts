import { jsonrepair } from 'jsonrepair';
import type { JsonValue } from '../spec/json';
import { writesRawLatex } from './jsonEscapes';
import { type JsonMiss, type JsonReading, readJson } from './jsonReader';
import { matchAt } from './jsonText';

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

/** The repairer slows down with the square of some inputs; a longer document is not handed to it. */
const MAX_REPAIR_CHARS = 20_000;
/** Signs read for each sign of the text, over all attempts. */
const READING_BUDGET = 8;
/** What finding a bracket, a fence or a name costs, in signs. */
const TOKEN_COST = 24;
/** An answer with more documents is none. */
const MAX_CANDIDATES = 200;

const TOKEN = /```|<\/?think(?:ing)?>|[{}[\]]|"[\w $.-]{1,60}"\s{0,20}:/g;
const FENCE_LABEL = /[\w+#.-]*[ \t]*(?:\r?\n\s*)?/y;
const FENCE_END = /\s*```/y;
const JSON_LABEL = /^(?:json\w*|jsonc|text|txt|plaintext)?\s*$/i;
/** A list or a set is a document where it has a paragraph for itself, or follows a colon. */
const PARAGRAPH_BEFORE = /(?:^|\n[ \t\r]*\n|:[ \t\r]*\n)[ \t]*$/;
const PARAGRAPH_AFTER = /^[ \t\r]*(?:$|\n[ \t\r]*(?:\n|$))/;
const CONTEXT_CHARS = 100;
const QUOTED_KEY = /\[?\s*\{\s*"[^"\n]{1,200}"\s*:/y;

/**
 * The documents in an answer, in their order. What a model thought aloud is left out, and so is
 * what lies inside a document that cannot be read or whose start is missing: a piece of a document
 * is never taken for the whole.
 */
export function jsonCandidates(text: string): JsonCandidate[] {
	const rawLatex = writesRawLatex(text);
	let candidates: JsonCandidate[] = [];
	let budget = READING_BUDGET * text.length + 1_000;
	let looseBrackets = 0;
	let keySeen = false;
	let index = 0;

	for (;;) {
		TOKEN.lastIndex = index;
		const found = TOKEN.exec(text);
		budget -= TOKEN_COST;
		if (found === null || budget <= 0 || candidates.length === MAX_CANDIDATES) return candidates;
		const token = found[0];
		index = found.index + token.length;
		if (token === '```') readFence();
		else if (token === '{' || token === '[') {
			if (!read(found.index, false)) looseBrackets++;
		} else if (token === '}' || token === ']') readCloser(found.index);
		else if (token.startsWith('</')) candidates = [];
		else if (token.startsWith('<')) {
			const end = text.indexOf(`</${token.slice(1)}`, index);
			index = end === -1 ? text.length : end;
		} else keySeen = true;
	}

	function readFence(): void {
		const label = matchAt(FENCE_LABEL, text, index);
		const bodyStart = index + label.length;
		if (text[bodyStart] === '{' || text[bodyStart] === '[') {
			index = bodyStart + 1;
			if (read(bodyStart, true)) index += matchAt(FENCE_END, text, index).length;
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
		const reading = attempt(start, fenced);
		if ('miss' in reading) {
			if (reading.miss === 'broken') skipBroken();
			return false;
		}
		const value = parse(reading.json) ?? repair(reading.json);
		if (value === undefined) {
			skipBroken();
			return false;
		}
		const { end, closed, rough } = reading;
		const sure = fenced || isSure(start, end, closed);
		candidates.push({ value, start, end, fenced, clean: closed && !rough, sure });
		index = end;
		return true;
	}

	function attempt(start: number, fenced: boolean): JsonReading | JsonMiss {
		const trusting = readJson(text, start, { trustsSigns: true, rawLatex, fenced });
		budget -= ('miss' in trusting ? trusting.readTo : trusting.end) - start;
		if (!('miss' in trusting) && trusting.closed) return trusting;
		const guessing = readJson(text, start, { trustsSigns: false, rawLatex, fenced });
		budget -= ('miss' in guessing ? guessing.readTo : guessing.end) - start;
		return guessing;
	}

	/** What follows is still inside the broken document, up to the end of its fence. */
	function skipBroken(): void {
		const fence = text.indexOf('```', index);
		const thought = text.indexOf('</think', index);
		const ends = [fence, thought].filter((end) => end !== -1);
		index = ends.length === 0 ? text.length : Math.min(...ends);
	}

	function isSure(start: number, end: number, closed: boolean): boolean {
		if (closed && matchAt(QUOTED_KEY, text, start) !== '') return true;
		const before = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
		const after = text.slice(end, end + CONTEXT_CHARS);
		return PARAGRAPH_BEFORE.test(before) && PARAGRAPH_AFTER.test(after);
	}
}

function parse(json: string): JsonValue | undefined {
	try {
		return JSON.parse(json) as JsonValue;
	} catch {
		return undefined;
	}
}

function repair(json: string): JsonValue | undefined {
	if (json.length > MAX_REPAIR_CHARS) return undefined;
	try {
		return parse(jsonrepair(json));
	} catch {
		return undefined;
	}
}
