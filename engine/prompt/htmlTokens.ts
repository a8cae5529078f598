import { decodeEntities } from './htmlEntities';

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
const NAME = /[a-zA-Z][a-zA-Z0-9:-]{0,50}(?=[\s/>]|$)/y;

/**
 * The tokens of an HTML text, however broken, in one pass: what is no tag is text. Comments,
 * declarations and the content of scripts and styles are left out.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
	let index = 0;
	while (index < html.length) {
		const open = html.indexOf('<', index);
		if (open === -1) break;
		if (open > index) yield text(html.slice(index, open));
		const declared = declarationEnd(html, open);
		if (declared !== undefined) {
			if (html.startsWith('<![CDATA[', open)) yield { kind: 'text', text: cdata(html, open) };
			index = declared;
			continue;
		}
		const isClosing = html[open + 1] === '/';
		const nameStart = open + (isClosing ? 2 : 1);
		NAME.lastIndex = nameStart;
		const name = NAME.exec(html)?.[0] ?? '';
		if (name === '') {
			yield text('<');
			index = open + 1;
			continue;
		}
		const end = tagEnd(html, nameStart + name.length);
		if (end === -1) {
			// The last tag is never closed: no tag is to come.
			yield text(html.slice(open));
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
				if (small === 'textarea') yield text(html.slice(index, close));
				index = close;
			}
		}
	}
	if (index < html.length) yield text(html.slice(index));
}

function text(source: string): HtmlToken {
	return { kind: 'text', text: decodeEntities(source) };
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

function cdata(html: string, open: number): string {
	const start = open + '<![CDATA['.length;
	const end = html.indexOf(']]>', start);
	return html.slice(start, end === -1 ? undefined : end);
}

/** The `>` that ends a tag, or -1; one inside a quoted value does not count. */
function tagEnd(html: string, start: number): number {
	for (let index = start; index < html.length; index++) {
		const sign = html[index];
		if (sign === '>') return index;
		if ((sign === '"' || sign === "'") && html[index - 1] === '=') {
			const end = html.indexOf(sign, index + 1);
			if (end === -1) return -1;
			index = end;
		}
	}
	return -1;
}

function rawEnd(html: string, start: number, name: string): number {
	const closing = new RegExp(`</${name}[\\s/>]`, 'gi');
	closing.lastIndex = start;
	return closing.exec(html)?.index ?? html.length;
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

function attributeOf(source: string, wanted: string): string | undefined {
	for (const [, name = '', double, single, bare] of source.matchAll(ATTRIBUTE)) {
		if (name.toLowerCase() === wanted) return decodeEntities(double ?? single ?? bare ?? '');
	}
	return undefined;
}
