import { type HtmlToken, htmlTokens } from './htmlTokens';
import { normalizeText } from './normalize';
import { type TextLayout, createTextLayout } from './textLayout';

type OpenTag = Extract<HtmlToken, { kind: 'open' }>;

/** Elements that are left out with all they hold. */
const LEFT_OUT = new Set([
	'head',
	'script',
	'style',
	'noscript',
	'template',
	'svg',
	'object',
	'select',
]);
const VOID = new Set([
	'area',
	'base',
	'br',
	'col',
	'embed',
	'hr',
	'img',
	'input',
	'link',
	'meta',
	'wbr',
]);
/** Line breaks around blocks: two make a paragraph of its own. */
const BREAKS: Readonly<Record<string, number>> = {
	...Object.fromEntries(
		'p h1 h2 h3 h4 h5 h6 table blockquote pre hr dl figure'.split(' ').map((name) => [name, 2]),
	),
	...Object.fromEntries(
		(
			'div section article header footer main aside nav ul ol li dt dd form fieldset legend address ' +
			'figcaption details summary caption tr body html option'
		)
			.split(' ')
			.map((name) => [name, 1]),
	),
};
const HEADINGS: Readonly<Record<string, string>> = {
	h1: '# ',
	h2: '## ',
	h3: '### ',
	h4: '#### ',
	h5: '##### ',
	h6: '###### ',
};
/** Tables and quotations inside each other; more are read as if they were not there. */
const MAX_NESTING = 8;
const MAX_INDENT = 8;
/** A longer cell belongs to a page that is laid out as a table. */
const MAX_CELL_CHARS = 300;

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
	const frames: Frame[] = [{ kind: 'page', layout: createTextLayout(), row: [] }];
	const lists: { ordered: boolean; items: number }[] = [];
	const links: { href: string; text: string }[] = [];
	let skipped: { name: string; depth: number } | undefined;

	for (const token of htmlTokens(html)) {
		if (skipped !== undefined) skipped = stillSkipped(skipped, token);
		else if (token.kind === 'text') addText(token.text);
		else if (token.kind === 'open') open(token);
		else close(token.name);
	}
	while (frames.length > 1) endFrame();
	return normalizeText(frames[0]?.layout.toText() ?? '');

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

	function open(tag: OpenTag): void {
		const { name } = tag;
		if (LEFT_OUT.has(name) || isHidden(tag)) {
			if (!VOID.has(name)) skipped = { name, depth: 1 };
			return;
		}
		if (name === 'tr') endRow();
		if (name === 'td' || name === 'th') openCell();
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

	function close(name: string): void {
		if (name === 'a') endLink();
		else if (name === 'code' && frame().kind !== 'pre') frame().layout.addPlain('`');
		else if (name === 'ul' || name === 'ol') lists.pop();
		else if (name === 'td' || name === 'th') endCell();
		else if (name === 'tr') endRow();
		else if (name === 'table') endFramesTo('table');
		else if (name === 'blockquote') endFramesTo('quote');
		else if (name === 'pre') endFramesTo('pre');
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

	function openCell(): void {
		endCell();
		if (frame().kind === 'table') startFrame('cell');
	}

	function endCell(): void {
		if (frames.some(({ kind }) => kind === 'cell') && tableAbove('cell')) endFramesTo('cell');
	}

	/** Whether a frame of this kind belongs to the innermost table. */
	function tableAbove(kind: Frame['kind']): boolean {
		return (
			frames.findLastIndex((one) => one.kind === kind) >
			frames.findLastIndex((one) => one.kind === 'table')
		);
	}

	function endRow(): void {
		endCell();
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

	function endFramesTo(kind: Frame['kind']): void {
		if (!frames.some((one) => one.kind === kind)) return;
		for (let ended = endFrame(); ended !== undefined && ended !== kind; ended = endFrame());
	}

	/** Joins the innermost frame to the one around it. */
	function endFrame(): Frame['kind'] | undefined {
		if (frame().kind === 'table') endRow();
		if (frames.length === 1) return undefined;
		const { kind, layout } = frames.pop() as Frame;
		const text = kind === 'pre' ? layout.toText() : layout.toText().trim();
		if (kind === 'cell') frame().row.push(text);
		else if (text !== '') {
			const outer = frame().layout;
			outer.breakLines(2);
			outer.addPlain(kind === 'quote' ? quoted(text) : kind === 'pre' ? fenced(text) : text);
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

function quoted(text: string): string {
	return text
		.split('\n')
		.map((line) => (line === '' ? '>' : `> ${line}`))
		.join('\n');
}

function fenced(text: string): string {
	const code = text.replace(/^\n/, '');
	let longest = 2;
	for (const [run] of code.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${code}\n${fence}`;
}
