import type { RegexProgram, RegexStep } from './regexProgram';

/** Steps that may still be spent. Shared by all that is checked in one go. */
export interface WorkBudget {
	steps: number;
}

const STEPS_PER_START = 10;
const STEPS_PER_SIGN = 1;

/** There is more to check than the event loop can spare. */
export class TooMuchWorkError extends Error {
	constructor() {
		super('there is too much to check');
		this.name = 'TooMuchWorkError';
	}
}

export function spend(budget: WorkBudget, steps: number): void {
	budget.steps -= steps;
	if (budget.steps < 0) throw new TooMuchWorkError();
}

/**
 * Whether a text holds a match. All ways of matching are followed at the same time, sign by sign, so
 * that the time grows with the length of the text and no pattern can make it explode.
 */
export function matchesRegex(program: RegexProgram, text: string, budget: WorkBudget): boolean {
	return run(program, text, 0, true, budget);
}

/** Whether a match begins at that place. */
export function matchesRegexAt(
	program: RegexProgram,
	text: string,
	start: number,
	budget: WorkBudget,
): boolean {
	return run(program, text, start, false, budget);
}

function run(
	program: RegexProgram,
	text: string,
	start: number,
	anywhere: boolean,
	budget: WorkBudget,
): boolean {
	const { seenAt, waiting, signs } = scratchOf(program);
	spend(budget, STEPS_PER_START + seenAt.length / 10);
	seenAt.fill(-1);
	waiting[0] = 0;
	let waitingCount = 1;
	let signCount = 0;
	let index = start;
	for (;;) {
		if (follow(index)) return true;
		if (index >= text.length || (signCount === 0 && !anywhere)) return false;
		const codePoint = text.codePointAt(index) ?? 0;
		for (let each = 0; each < signCount; each++) {
			const at = signs[each] ?? 0;
			if (program[at]?.fits(codePoint) === true) waiting[waitingCount++] = at + 1;
		}
		signCount = 0;
		if (anywhere) waiting[waitingCount++] = 0;
		index += codePoint > 0xffff ? 2 : 1;
	}

	/** Goes on from each that waits to the steps that read a sign; true when the pattern is done. */
	function follow(place: number): boolean {
		spend(budget, STEPS_PER_SIGN);
		while (waitingCount > 0) {
			const at = waiting[--waitingCount] ?? 0;
			const step = program[at];
			if (step === undefined || seenAt[at] === place) continue;
			seenAt[at] = place;
			spend(budget, STEPS_PER_SIGN);
			const { op } = step;
			if (op === 'match') return true;
			if (op === 'sign') signs[signCount++] = at;
			else if (op === 'jump') waiting[waitingCount++] = step.next;
			else if (op === 'split') {
				waiting[waitingCount++] = step.next;
				waiting[waitingCount++] = step.other;
			} else if (isAhead(step, place)) waiting[waitingCount++] = at + 1;
		}
		return false;
	}

	function isAhead(step: RegexStep, place: number): boolean {
		if (step.op === 'save') return true;
		if (step.op === 'place') return isAt(step.place, text, place);
		return run(step.ahead, text, place, false, budget) !== step.negated;
	}
}

/** Where a program notes how far it is. */
interface Scratch {
	/** The place at which each step was seen last. */
	readonly seenAt: Int32Array;
	/** Steps to go on from: each is seen once a sign and leads to two others at most. */
	readonly waiting: Int32Array;
	/** Steps that read the next sign. */
	readonly signs: Int32Array;
}

/** Kept, since most texts are short; a program never runs inside itself. */
const scratches = new WeakMap<RegexProgram, Scratch>();

function scratchOf(program: RegexProgram): Scratch {
	const known = scratches.get(program);
	if (known !== undefined) return known;
	const { length } = program;
	const made = {
		seenAt: new Int32Array(length),
		waiting: new Int32Array(2 * length + 2),
		signs: new Int32Array(length),
	};
	scratches.set(program, made);
	return made;
}

const WORD = /\w/;

/** Whether an edge of the text or of a word is there. */
export function isAt(place: '^' | '$' | 'b' | 'B', text: string, index: number): boolean {
	if (place === '^') return index === 0;
	if (place === '$') return index === text.length;
	const before = index > 0 && WORD.test(text.charAt(index - 1));
	const after = index < text.length && WORD.test(text.charAt(index));
	return (before !== after) === (place === 'b');
}
