import { decodeEntities } from './htmlEntities';
import { STEP_CHARS } from './steps';

/** What an HTML text consists of, in its order. */
export type HtmlToken =
	| { readonly kind: 'text'; readonly text: string }
	| {
			readonly kind: 'open';
			/** In small letters. */
			readonly name: string;
			/** What stands in the tag after its name. */
			readonly source: string;
			/** The value of an attribute; empty where it has none, absent where there is no such attribute. */
			readonly attribute: (name: string) => string | undefined;
	  }
	| { readonly kind: 'close'; readonly name: string };

/** Elements whose content is no HTML. What stands in `textarea` and `title` is text, though. */
const RAW = new Set([
	'script',
	'style',
	'textarea',
	'title',
	'xmp',
	'iframe',
	'noembed',
	'noframes',
]);
/** More attributes than any element has. */
const MAX_ATTRIBUTES = 200;
/** The name or number of a sign, its `&` and `;` included, is never longer. */
const MAX_ENTITY_CHARS = 40;
const NAME = /[a-zA-Z][a-zA-Z0-9:-]{0,50}(?=[\s/>]|$)/y;

/**
 * The tokens of an HTML text, however broken, in one pass: what is no tag is text. Comments,
 * declarations and the content of scripts and styles are left out. A long text comes in several tokens.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
	let index = 0;
	while (index < html.length) {
		const open = html.indexOf('<', index);
		if (open === -1) break;
		if (open > index) yield* texts(html, index, open);
		const declared = declarationEnd(html, open);
		if (declared !== undefined) {
			if (html.startsWith('<![CDATA[', open)) yield* cdata(html, open);
			index = declared;
			continue;
		}
		const isClosing = html[open + 1] === '/';
		const nameStart = open + (isClosing ? 2 : 1);
		NAME.lastIndex = nameStart;
		const name = NAME.exec(html)?.[0] ?? '';
		if (name === '') {
			yield { kind: 'text', text: '<' };
			index = open + 1;
			continue;
		}
		const end = tagEnd(html, nameStart + name.length);
		if (end === -1) {
			// The last tag is never closed: no tag is to come.
			yield* texts(html, open, html.length);
			return;
		}
		index = end + 1;
		const small = name.toLowerCase();
		if (isClosing) yield { kind: 'close', name: small };
		else {
			const source = html.slice(nameStart + name.length, end);
			const attribute = (wanted: string) => attributeOf(source, wanted);
			yield { kind: 'open', name: small, source, attribute };
			if (RAW.has(small)) {
				const close = rawEnd(html, index, small);
				if (small === 'textarea') yield* texts(html, index, close);
				index = close;
			}
		}
	}
	yield* texts(html, index, html.length);
}

/** The text from `start` to `end`, never cut inside the name of a sign. */
function* texts(html: string, start: number, end: number): Generator<HtmlToken> {
	for (let from = start; from < end; ) {
		let to = Math.min(end, from + STEP_CHARS);
		if (to < end) {
			const sign = html.lastIndexOf('&', to - 1);
			if (sign > from && to - sign < MAX_ENTITY_CHARS) to = sign;
		}
		yield { kind: 'text', text: decodeEntities(html.slice(from, to)) };
		from = to;
	}
}

/** Just after a comment, a declaration or a CDATA section that starts at `open`. */
function declarationEnd(html: string, open: number): number | undefined {
	const second = html[open + 1];
	if (second !== '!' && second !== '?') return undefined;
	const closing = html.startsWith('<!--', open)
		? '-->'
		: html.startsWith('<![CDATA[', open)
			? ']]>'
			: '>';
	const end = html.indexOf(closing, open + 2);
	return end === -1 ? html.length : end + closing.length;
}

function* cdata(html: string, open: number): Generator<HtmlToken> {
	const start = open + '<![CDATA['.length;
	const close = html.indexOf(']]>', start);
	const end = close === -1 ? html.length : close;
	for (let from = start; from < end; from += STEP_CHARS) {
		yield { kind: 'text', text: html.slice(from, Math.min(end, from + STEP_CHARS)) };
	}
}

const TAG_SIGN = /[>"']/g;

/** The `>` that ends a tag, or -1; one inside a quoted value does not count. */
function tagEnd(html: string, start: number): number {
	for (let from = start; ; ) {
		TAG_SIGN.lastIndex = from;
		const found = TAG_SIGN.exec(html);
		if (found === null) return -1;
		const { 0: sign, index } = found;
		if (sign === '>') return index;
		const end = html[index - 1] === '=' ? html.indexOf(sign, index + 1) : index;
		if (end === -1) return -1;
		from = end + 1;
	}
}

function rawEnd(html: string, start: number, name: string): number {
	const closing = new RegExp(`</${name}[\\s/>]`, 'gi');
	closing.lastIndex = start;
	return closing.exec(html)?.index ?? html.length;
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

function attributeOf(source: string, wanted: string): string | undefined {
	let seen = 0;
	for (const [, name = '', double, single, bare] of source.matchAll(ATTRIBUTE)) {
		if (++seen > MAX_ATTRIBUTES) return undefined;
		if (name.toLowerCase() === wanted) return decodeEntities(double ?? single ?? bare ?? '');
	}
	return undefined;
}
