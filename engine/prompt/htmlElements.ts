/** Elements that are left out with all they hold. */
export const LEFT_OUT = new Set([
	'head',
	'script',
	'style',
	'noscript',
	'template',
	'svg',
	'object',
	'select',
]);
export const VOID = new Set([
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
export const BREAKS: Readonly<Record<string, number>> = {
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
export const HEADINGS: Readonly<Record<string, string>> = {
	h1: '# ',
	h2: '## ',
	h3: '### ',
	h4: '#### ',
	h5: '##### ',
	h6: '###### ',
};
