import { BREAKS, HEADINGS, LEFT_OUT, VOID } from './htmlElements';
import { type HtmlToken, htmlTokens } from './htmlTokens';
import { normalizeSteps } from './normalize';
import { atOnce, STEP_CHARS, type Steps } from './steps';
import { createTextBuilder } from './textBuilder';
import { type TextLayout, createTextLayout } from './textLayout';

type OpenTag = Extract<HtmlToken, { kind: 'open' }>;

/** Tables and quotations inside each other; more are read as if they were not there. */
const MAX_NESTING = 8;
const MAX_INDENT = 8;
/** A longer cell belongs to a page that is laid out as a table. */
const MAX_CELL_CHARS = 300;
/** A longer row is no row of a table that people read. */
const MAX_ROW_CELLS = 500;
const BACKTICKS = /`{3,}/g;
/** What a token costs beside its signs, in signs. */
const TOKEN_CHARS = 64;

/** A part of the page that is laid out on its own before it joins what is around it. */
interface Frame {
	readonly kind: 'page' | 'quote' | 'table' | 'cell' | 'pre';
	readonly layout: TextLayout;
	/** The cells of the row that is being read. */
	row: string[];
}

/**
 * The text of an HTML page or mail as people read it: headings, lists, tables and quotations as in
 * Markdown, links with their address behind them, no scripts, styles or hidden parts. What is broken
 * is read as far as it goes; the time grows with the length only.
 */
export function htmlToText(html: string): string {
	return atOnce(htmlToTextSteps(html));
}

/** The same in steps. */
export function* htmlToTextSteps(html: string): Steps<string> {
	const frames: Frame[] = [{ kind: 'page', layout: createTextLayout(), row: [] }];
	const lists: { ordered: boolean; items: number }[] = [];
	const links: { href: string; text: string }[] = [];
	let skipped: { name: string; depth: number } | undefined;

	let work = 0;
	for (const token of htmlTokens(html)) {
		if (skipped !== undefined) skipped = stillSkipped(skipped, token);
		else if (token.kind === 'text') addText(token.text);
		else if (token.kind === 'open') yield* open(token);
		else yield* close(token.name);
		work += TOKEN_CHARS + (token.kind === 'text' ? token.text.length : 0);
		if (work >= STEP_CHARS) {
			work = 0;
			yield;
		}
	}
	while (frames.length > 1) yield* endFrame();
	return yield* normalizeSteps(frames[0]?.layout.toText() ?? '');

	function frame(): Frame {
		return frames.at(-1) as Frame;
	}

	function addText(text: string): void {
		const { kind, layout } = frame();
		// Blanks between the parts of a table are no text.
		if (kind === 'table' && text.trim() === '') return;
		const link = links.at(-1);
		if (link !== undefined) link.text += text;
		if (kind === 'pre') layout.addPlain(text);
		else layout.add(text);
	}

	function* open(tag: OpenTag): Steps<void> {
		const { name } = tag;
		if (LEFT_OUT.has(name) || isHidden(tag)) {
			if (!VOID.has(name)) skipped = { name, depth: 1 };
			return;
		}
		if (name === 'tr') yield* endRow();
		if (name === 'td' || name === 'th') yield* openCell();
		const { layout } = frame();
		layout.breakLines(BREAKS[name] ?? 0);
		if (name === 'br') layout.addPlain('\n');
		else if (name === 'hr') {
			layout.add('---');
			layout.breakLines(2);
		} else if (HEADINGS[name] !== undefined) layout.startLine(HEADINGS[name]);
		else if (name === 'li') layout.startLine(itemMarker());
		else if (name === 'ul' || name === 'ol') {
			if (lists.length === 0) layout.breakLines(2);
			lists.push({ ordered: name === 'ol', items: 0 });
		} else if (name === 'a') links.push({ href: tag.attribute('href')?.trim() ?? '', text: '' });
		else if (name === 'img') addText(tag.attribute('alt') ?? '');
		else if (name === 'code' && frame().kind !== 'pre') layout.add('`');
		else if (name === 'blockquote') startFrame('quote');
		else if (name === 'pre') startFrame('pre');
		else if (name === 'table') startFrame('table');
	}

	function* close(name: string): Steps<void> {
		if (name === 'a') endLink();
		else if (name === 'code' && frame().kind !== 'pre') frame().layout.addPlain('`');
		else if (name === 'ul' || name === 'ol') lists.pop();
		else if (name === 'td' || name === 'th') yield* endCell();
		else if (name === 'tr') yield* endRow();
		else if (name === 'table') yield* endFramesTo('table');
		else if (name === 'blockquote') yield* endFramesTo('quote');
		else if (name === 'pre') yield* endFramesTo('pre');
		const isOuterList = (name === 'ul' || name === 'ol') && lists.length === 0;
		frame().layout.breakLines(isOuterList ? 2 : (BREAKS[name] ?? 0));
	}

	function itemMarker(): string {
		const list = lists.at(-1);
		if (list === undefined) return '- ';
		list.items++;
		const indent = '  '.repeat(Math.min(lists.length - 1, MAX_INDENT));
		return list.ordered ? `${indent}${list.items}. ` : `${indent}- `;
	}

	function endLink(): void {
		const link = links.pop();
		if (link === undefined) return;
		const { href } = link;
		const isShown = link.text.trim() === href || link.text.trim() === href.replace(/^mailto:/, '');
		if (href === '' || isShown || /^(?:#|javascript:|data:)/i.test(href)) return;
		frame().layout.addPlain(link.text.trim() === '' ? href : ` (${href})`);
	}

	function startFrame(kind: Frame['kind']): void {
		if (frames.length < MAX_NESTING) frames.push({ kind, layout: createTextLayout(), row: [] });
	}

	function* openCell(): Steps<void> {
		yield* endCell();
		if (frame().row.length >= MAX_ROW_CELLS) yield* endRow();
		if (frame().kind === 'table') startFrame('cell');
	}

	function* endCell(): Steps<void> {
		if (frames.some(({ kind }) => kind === 'cell') && tableAbove('cell'))
			yield* endFramesTo('cell');
	}

	/** Whether a frame of this kind belongs to the innermost table. */
	function tableAbove(kind: Frame['kind']): boolean {
		return (
			frames.findLastIndex((one) => one.kind === kind) >
			frames.findLastIndex((one) => one.kind === 'table')
		);
	}

	function* endRow(): Steps<void> {
		yield* endCell();
		const { kind, layout, row } = frame();
		if (kind !== 'table' || row.length === 0) return;
		const cells = row.filter((cell) => cell !== '');
		// Mails lay out whole pages in tables: long cells are paragraphs, not columns.
		const isGrid = row.every((cell) => !cell.includes('\n\n') && cell.length <= MAX_CELL_CHARS);
		layout.breakLines(1);
		layout.addPlain(
			isGrid && cells.length > 1 ? row.join(' | ').replaceAll('\n', ' ') : cells.join('\n\n'),
		);
		layout.breakLines(1);
		frame().row = [];
	}

	function* endFramesTo(kind: Frame['kind']): Steps<void> {
		if (!frames.some((one) => one.kind === kind)) return;
		let ended = yield* endFrame();
		while (ended !== undefined && ended !== kind) ended = yield* endFrame();
	}

	/** Joins the innermost frame to the one around it. */
	function* endFrame(): Steps<Frame['kind'] | undefined> {
		if (frame().kind === 'table') yield* endRow();
		if (frames.length === 1) return undefined;
		const { kind, layout } = frames.pop() as Frame;
		const text = kind === 'pre' ? layout.toText() : layout.toText().trim();
		if (kind === 'cell') frame().row.push(text);
		else if (text !== '') {
			const outer = frame().layout;
			outer.breakLines(2);
			outer.addPlain(
				kind === 'quote' ? yield* quoted(text) : kind === 'pre' ? yield* fenced(text) : text,
			);
			outer.breakLines(2);
		}
		return kind;
	}
}

function stillSkipped(
	skipped: { readonly name: string; readonly depth: number },
	token: HtmlToken,
): { name: string; depth: number } | undefined {
	const { name, depth } = skipped;
	if (token.kind === 'text' || token.name !== name) return { name, depth };
	const left = token.kind === 'open' ? depth + 1 : depth - 1;
	return left === 0 ? undefined : { name, depth: left };
}

function isHidden({ source, attribute }: OpenTag): boolean {
	if (!/hidden|display/i.test(source)) return false;
	if (attribute('hidden') !== undefined) return true;
	return /display\s*:\s*none/i.test(attribute('style') ?? '');
}

function* quoted(text: string): Steps<string> {
	const lines = createTextBuilder('\n');
	let work = 0;
	for (let start = 0; start <= text.length; ) {
		const found = text.indexOf('\n', start);
		const end = found === -1 ? text.length : found;
		lines.add(end === start ? '>' : `> ${text.slice(start, end)}`);
		work += end - start + TOKEN_CHARS;
		if (work >= STEP_CHARS) {
			work = 0;
			yield;
		}
		start = end + 1;
	}
	return lines.toText();
}

/** In a fence that is longer than any in the text. */
function* fenced(text: string): Steps<string> {
	const code = text.replace(/^\n/, '');
	let longest = 2;
	for (let from = 0; from < code.length; ) {
		let end = Math.min(code.length, from + STEP_CHARS);
		while (code[end] === '`') end++;
		for (const [run] of code.slice(from, end).matchAll(BACKTICKS)) {
			longest = Math.max(longest, run.length);
		}
		from = end;
		yield;
	}
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${code}\n${fence}`;
}
