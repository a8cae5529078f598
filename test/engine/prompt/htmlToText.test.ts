import { htmlToText, htmlToTextSteps } from '../../../engine/prompt/htmlToText';
import { expectQuickSteps } from '../../support/expectQuickSteps';

test.each([
	[
		'paragraphs',
		'<p>Hello <b>bold</b>  and\n <i>it</i>.</p><p>Next</p>',
		'Hello bold and it.\n\nNext',
	],
	['headings', '<h1>Title</h1><h3>Part</h3>text', '# Title\n\n### Part\n\ntext'],
	['line breaks', 'a<br>b<br/>c', 'a\nb\nc'],
	['rules', 'a<hr>b', 'a\n\n---\n\nb'],
	[
		'lists inside lists',
		'<ul><li>a<li>b<ul><li>c</ul><li>d</ul>after',
		'- a\n- b\n  - c\n- d\n\nafter',
	],
	['numbered lists', '<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
	[
		'tables',
		'<table><tr><th>A<th>B<tr><td>1</td><td>2<br>3</td></tr></table>x',
		'A | B\n1 | 2 3\n\nx',
	],
	[
		'pages laid out as tables',
		'<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>',
		'a\n\nb\n\nc',
	],
	[
		'links',
		'<a href="https://x.y/?a=1&amp;b=2">here</a>, <a href="https://x.y">https://x.y</a>',
		'here (https://x.y/?a=1&b=2), https://x.y',
	],
	[
		'links that lead nowhere',
		'<a href="#top">top</a> <a href="javascript:x()">x</a> <a href="mailto:a@b.c">a@b.c</a>',
		'top x a@b.c',
	],
	[
		'pictures',
		'<img alt="A dog" src=x> <a href="/shop"><img alt="Shop"></a>',
		'A dog Shop (/shop)',
	],
	[
		'code',
		'Use <code>a  b</code>:<pre>  x\n   y &lt; z\n</pre>',
		'Use `a b`:\n\n```\n  x\n   y < z\n```',
	],
	[
		'code with a long fence',
		`<pre>${'x'.repeat(16_380)}${'`'.repeat(10)}</pre>`,
		`${'`'.repeat(11)}\n${'x'.repeat(16_380)}${'`'.repeat(10)}\n${'`'.repeat(11)}`,
	],
	['code with fences', '<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
	['quotations', '<blockquote><p>a</p><p>b</p></blockquote>c', '> a\n>\n> b\n\nc'],
	['definitions', '<dl><dt>T<dd>D</dl>', 'T\nD'],
	[
		'scripts, styles and the head',
		'<head><title>t</title></head><style>p{}</style><script>"<p>no</p>"</script>ok',
		'ok',
	],
	['hidden parts', '<div style="display: none">a<div>b</div></div><p hidden>c</p>d', 'd'],
	[
		'comments and declarations',
		'<!doctype html><?xml v?><!-- <p>a</p> -->b<![CDATA[<c>]]>',
		'b<c>',
	],
	[
		'signs by name and number',
		'&amp;&lt;&eacute;&euro;&mdash;&#8364;&#x20AC;&#150;&unknown;&#0;',
		'&<é€—€€–&unknown;\ufffd',
	],
	['text that looks like tags', 'a < b, c<d, <john@x.com> & co', 'a < b, c<d, <john@x.com> & co'],
	['values with brackets', '<a title="a > b" href=x>y</a>', 'y (x)'],
	['capital letters', '<P>a</P><SCRIPT>b</script>c', 'a\n\nc'],
	['text fields', '<textarea>a &lt; b</textarea>', 'a < b'],
	['tags that were never closed', '<p>a <b>b <p>c <a href="x', 'a b\n\nc <a href="x'],
	['tags that were never opened', '</td></table></ul>a</p></a>b', 'a\n\nb'],
	['no HTML at all', 'one\n\ntwo', 'one two'],
])('reads %s', (_what, html, text) => {
	expect(htmlToText(html)).toBe(text);
});

test('takes time in proportion to the length, however broken the page is', () => {
	const parts = [
		'<',
		'<a ',
		'<a href="',
		'<p>x</p>',
		'<table><tr><td>',
		'<td>x',
		'<ul><li>',
		'<blockquote>x',
		'<script>',
		'<!--',
		'&',
		'&#',
		'<![CDATA[',
		'</table>',
		'<pre>```',
		'<a href=x>',
		'<div hidden>',
		' ',
	];
	for (const part of parts) {
		const msFor = (length: number) => {
			const html = part.repeat(Math.ceil(length / part.length));
			const startedAtMs = performance.now();
			htmlToText(html);
			return performance.now() - startedAtMs;
		};
		// Growing with the square, half a megabyte would take minutes.
		expect([part, msFor(500_000) < 3_000]).toEqual([part, true]);
	}
});

test('20,000 parts inside each other are no problem', () => {
	const deep = '<blockquote><table><tr><td><ul><li>'.repeat(20_000);
	expect(htmlToText(`${deep}end`)).toContain('end');
});

test.each([
	{ what: 'paragraphs', start: '', part: '<p>lorem <b>ipsum</b> &amp; dolor</p>\n' },
	{ what: 'lines in a quotation', start: '<blockquote>', part: 'x<br>' },
	{ what: 'fences in code', start: '<pre>', part: '```\n' },
	{ what: 'parts inside each other', start: '', part: '<blockquote>x' },
])('5 MB of $what never hold up the event loop', ({ start, part }) => {
	const html = start + part.repeat(Math.ceil(5_000_000 / part.length));
	expectQuickSteps(() => htmlToTextSteps(html));
});
