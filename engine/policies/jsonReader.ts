import { escapeBody, writesRawLatex } from './jsonEscapes';
import { stringEnd } from './jsonStringEnd';
import { matchAt, skipBlanks } from './jsonText';

/** A document found in a text. */
export interface JsonReading {
	/** The document as JSON text; `rough` says that it may still need repair. */
	readonly json: string;
	/** Index just after its last sign. */
	readonly end: number;
	/** All its brackets were closed by the model. */
	readonly closed: boolean;
	/** It holds words or signs that are not JSON. */
	readonly rough: boolean;
}

/**
 * Why nothing was read: `unlike` is no JSON at all, such as a brace in prose; `broken` began as a
 * document, so that what follows is probably still inside it.
 */
export type JsonMiss = 'unlike' | 'broken';

/** Deeper documents are refused: whatever walks them later would run out of stack. */
export const MAX_JSON_DEPTH = 200;

const LITERALS: Readonly<Record<string, string>> = {
	True: 'true',
	False: 'false',
	None: 'null',
	NaN: 'null',
	undefined: 'null',
};
const JSON_SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const BARE = /[^\s,:{}[\]"'`]+/y;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//y;
const STARTS_OBJECT = /\{\s*(?:["'“}]|\/[/*]|[\w$-]{1,60}\s*:)/y;
const STARTS_ARRAY = /\[\s*(?:["'“{[\]\d-]|\/[/*]|true|false|null|True|False|None)/y;

/** Reads one object or array that starts at `start`, forgiving what models get wrong. */
export function readJson(text: string, start: number): JsonReading | JsonMiss {
	const like = text[start] === '{' ? STARTS_OBJECT : STARTS_ARRAY;
	if (matchAt(like, text, start) === '') return 'unlike';
	return new Reader(text, start).read();
}
