/** Signs that only formulas have: a command, an exponent or index, a relation, a root. */
const FORMULA_SIGN = /\\[a-z]|[\^=<>≤≥√π∞∪∩±°]|\w_\{?\w|[\dx)]\s?[-+*/]\s?[\d(a-z]/i;
/** Cheap to look for, and most prose has none. */
const ANY_SIGN = /[\\^=<>≤≥√π∞∪∩±°_+*/-]/;
const PROSE = /[a-z]{4,}\s[a-z]{2,}\s[a-z]{2,}/i;
const MAX_LENGTH = 400;

/** Whether a text is a formula rather than prose with a sign in it. */
export function isFormula(text: string): boolean {
	if (text.length > MAX_LENGTH || !ANY_SIGN.test(text)) return false;
	return FORMULA_SIGN.test(text) && !PROSE.test(withoutText(text));
}

function withoutText(formula: string): string {
	return formula.replace(/\\text\{[^{}]*\}/g, '');
}

/** One spelling for the same formula: no spaces, no sizing, one sign for each operation. */
export function formulaKey(formula: string): string {
	return SPELLINGS.reduce((key, [from, to]) => key.replace(from, to), formula);
}

const SPELLINGS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\\{2,}(?=[a-z])/gi, '\\'],
	[/\\(?:left|right|displaystyle|q?quad)(?![a-z])|\\[,;:! ]|[\s$]/gi, ''],
	[/\\(?:text|mathrm|mathbf|mbox|textbf|operatorname)(?=\{)/g, ''],
	[/\\[dtc]frac/g, '\\frac'],
	[/\\frac(\d)(\d)/g, '($1)/($2)'],
	[/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, '($1)/($2)'],
	[/\\cdot|\\times|[×·]|\*(?!\*)(?<!\*\*)/g, '*'],
	[/\*\*/g, '^'],
	[/\\sqrt|√/g, 'sqrt'],
	[/\\pi(?![a-z])|π/gi, 'pi'],
	[/\\infty|∞|infinity/gi, 'inf'],
	[/\\(?:leq?|leqslant)(?![a-z])|≤/g, '<='],
	[/\\(?:geq?|geqslant)(?![a-z])|≥/g, '>='],
	[/\\cup(?![a-z])|∪/g, 'u'],
	[/\^?\{?\\circ\}?|°/g, ''],
	[/\\(?=[{}%])/g, ''],
	// `x^{2}`, `x^(2)` and `x^2`; `sqrt(3)` and `sqrt3`.
	[/[({]([\w.]*)[)}]/g, '$1'],
	[/\{/g, '('],
	[/\}/g, ')'],
	[/(?<=\d)\*(?=[a-z(])/g, ''],
];
