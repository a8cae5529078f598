/**
 * One step of a pattern: read a sign, branch, check a place, or be done. All steps have the same
 * members, since the built-in engine is much quicker with objects that are alike.
 */
export interface RegexStep {
	readonly op: 'sign' | 'split' | 'jump' | 'place' | 'look' | 'save' | 'match';
	/** Whether a sign may be read; for `sign`. */
	readonly fits: (codePoint: number) => boolean;
	/** Where to go on; for `jump`, and for `split` with what is tried first. */
	readonly next: number;
	/** Where else to go on; for `split`. */
	readonly other: number;
	/** The first group begins or ends here; for `save`. */
	readonly isGroupEnd: boolean;
	/** For `place`. */
	readonly place: '^' | '$' | 'b' | 'B';
	/** What has to follow, or must not; for `look`. */
	readonly ahead: RegexProgram;
	readonly negated: boolean;
}

/** Steps in their order; where nothing else is said, the following one is next. */
export type RegexProgram = readonly RegexStep[];

/** More steps than any honest pattern has: `(a{1000}){1000}` would have a million. */
const MAX_STEPS = 5_000;

/** The pattern cannot be run in bounded time. The message says why and what to write instead. */
export class UnsupportedPatternError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'UnsupportedPatternError';
	}
}

const QUANTIFIER = /(?:([*+?])|\{(\d{1,9})(?:(,)(\d{0,9}))?\})(\?)?/y;
const GROUP_START = /\((?:\?(:|=|!|<=|<!|<[^>=!]+>|[^)]*))?/y;
const ESCAPE =
	/\\(?:[pP]\{[^}]*\}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|x[0-9a-fA-F]{2}|c[A-Za-z]|[^])/y;

/**
 * Translates a regular expression for {@link matchesRegex}. Only look-behind and back-references
 * cannot be translated. Throws a SyntaxError for what is no regular expression.
 */
export function compileRegex(pattern: string): RegexProgram {
	const flags = flagsFor(pattern);
	let index = 0;
	let hasGroup = false;
	const steps: RegexStep[] = [];
	readAlternatives(steps);
	if (index < pattern.length) throw new SyntaxError(`Unmatched ) in ${pattern}`);
	push(steps, { op: 'match' });
	return steps;

	function readAlternatives(into: RegexStep[]): void {
		const start = into.length;
		readSequence(into);
		if (pattern[index] !== '|') return;
		index++;
		// split -> first | jump to the end, then the others.
		const first = into.splice(start);
		const others: RegexStep[] = [];
		readAlternatives(others);
		push(into, { op: 'split', next: start + 1, other: start + first.length + 2 });
		append(into, first, start, start + 1);
		push(into, { op: 'jump', next: start + first.length + 2 + others.length });
		append(into, others, 0, into.length);
	}

	function readSequence(into: RegexStep[]): void {
		while (index < pattern.length && pattern[index] !== '|' && pattern[index] !== ')') {
			const atom: RegexStep[] = [];
			readAtom(atom);
			const quantifier = at(QUANTIFIER);
			if (quantifier === null) append(into, atom, 0, into.length);
			else repeat(into, atom, quantifier);
		}
	}

	function readAtom(into: RegexStep[]): void {
		const sign = pattern[index];
		if (sign === '^' || sign === '$') {
			index++;
			push(into, { op: 'place', place: sign });
		} else if (sign === '(') readGroup(into);
		else if (sign === '[') push(into, { op: 'sign', fits: signTest(readClass(), flags) });
		else if (sign === '\\') readEscape(into);
		else {
			const literal = String.fromCodePoint(pattern.codePointAt(index) ?? 0);
			index += literal.length;
			push(into, { op: 'sign', fits: literal === '.' ? signTest('.', flags) : only(literal) });
		}
	}

	function readGroup(into: RegexStep[]): void {
		const kind = at(GROUP_START)?.[1] ?? '';
		if (kind === '<=' || kind === '<!') throw unsupported('a look-behind');
		if (kind !== '' && !/^[:=!<]/.test(kind)) throw unsupported(`(?${kind}`);
		const inner: RegexStep[] = [];
		const isFirstGroup = !hasGroup && (kind === '' || kind.startsWith('<'));
		hasGroup ||= isFirstGroup;
		if (isFirstGroup) push(inner, { op: 'save', isGroupEnd: false });
		readAlternatives(inner);
		if (isFirstGroup) push(inner, { op: 'save', isGroupEnd: true });
		if (pattern[index] !== ')') throw new SyntaxError(`Unterminated group in ${pattern}`);
		index++;
		if (kind === '=' || kind === '!') {
			push(inner, { op: 'match' });
			push(into, { op: 'look', ahead: inner, negated: kind === '!' });
		} else append(into, inner, 0, into.length);
	}

	function readEscape(into: RegexStep[]): void {
		const escape = at(ESCAPE)?.[0] ?? '';
		const sign = escape[1] ?? '';
		if (/[1-9k]/.test(sign)) throw unsupported('a back-reference');
		if (sign === 'b' || sign === 'B') push(into, { op: 'place', place: sign });
		else push(into, { op: 'sign', fits: signTest(escape, flags) });
	}

	function readClass(): string {
		const start = index++;
		while (index < pattern.length && pattern[index] !== ']')
			index += pattern[index] === '\\' ? 2 : 1;
		return pattern.slice(start, ++index);
	}

	function at(expression: RegExp): RegExpExecArray | null {
		expression.lastIndex = index;
		const found = expression.exec(pattern);
		if (found !== null) index += found[0].length;
		return found;
	}
}

function repeat(into: RegexStep[], atom: readonly RegexStep[], quantifier: RegExpExecArray): void {
	const [, sign, low, comma, high, lazy] = quantifier;
	const least = sign === '+' ? 1 : sign === undefined ? Number(low) : 0;
	const most =
		sign === '?' ? 1 : sign !== undefined || (comma !== undefined && high === '') ? Infinity : 0;
	const upTo = most === 0 ? Number(comma === undefined ? low : high) : most;
	for (let count = 0; count < least; count++) append(into, atom, 0, into.length);
	if (upTo === Infinity) {
		const loop = into.length;
		push(into, split(loop + 1, loop + atom.length + 2, lazy));
		append(into, atom, 0, loop + 1);
		push(into, { op: 'jump', next: loop });
		return;
	}
	const end = into.length + (upTo - least) * (atom.length + 1);
	for (let count = least; count < upTo; count++) {
		push(into, split(into.length + 1, end, lazy));
		append(into, atom, 0, into.length);
	}
}

/** Once more or on: `a*` tries the one first and `a*?` the other. */
function split(again: number, on: number, lazy: string | undefined) {
	return lazy === undefined
		? ({ op: 'split', next: again, other: on } as const)
		: ({ op: 'split', next: on, other: again } as const);
}

/** Appends steps that were numbered from `from` so that they are numbered from `to`. */
function append(into: RegexStep[], steps: readonly RegexStep[], from: number, to: number): void {
	const shift = to - from;
	for (const step of steps) {
		if (step.op === 'jump') push(into, { ...step, next: step.next + shift });
		else if (step.op === 'split') {
			push(into, { ...step, next: step.next + shift, other: step.other + shift });
		} else push(into, step);
	}
}

function push(
	into: RegexStep[],
	{
		op,
		fits = never,
		next = 0,
		other = 0,
		place = '^',
		ahead = [],
		negated = false,
		isGroupEnd = false,
	}: Pick<RegexStep, 'op'> & Partial<RegexStep>,
): void {
	if (into.length >= MAX_STEPS) {
		throw new UnsupportedPatternError('repeats too much: lower the numbers in its braces');
	}
	into.push({ op, fits, next, other, place, ahead, negated, isGroupEnd });
}

const never = () => false;

function unsupported(what: string): UnsupportedPatternError {
	return new UnsupportedPatternError(
		`holds ${what}, whose time cannot be bounded: write it without, or check it in a later node`,
	);
}

/** JSON Schema wants Unicode patterns; many are written without that in mind and still work. */
function flagsFor(pattern: string): 'u' | '' {
	try {
		new RegExp(pattern, 'u');
		return 'u';
	} catch {
		new RegExp(pattern);
		return '';
	}
}

function only(literal: string): (codePoint: number) => boolean {
	const wanted = literal.codePointAt(0);
	return (codePoint) => codePoint === wanted;
}

/** A class or an escape stands for one sign, so the built-in engine can judge it: no backtracking. */
function signTest(source: string, flags: string): (codePoint: number) => boolean {
	const expression = new RegExp(`^(?:${source})$`, flags);
	const ascii = new Int8Array(128);
	const others = new Map<number, boolean>();
	return (codePoint) => {
		const isAscii = codePoint < ascii.length;
		const known = isAscii ? ascii[codePoint] : undefined;
		if (known === 1 || known === -1) return known === 1;
		const cached = isAscii ? undefined : others.get(codePoint);
		if (cached !== undefined) return cached;
		const fits = expression.test(String.fromCodePoint(codePoint));
		if (isAscii) ascii[codePoint] = fits ? 1 : -1;
		else if (others.size < MAX_REMEMBERED) others.set(codePoint, fits);
		return fits;
	};
}

const MAX_REMEMBERED = 1_000;
