import type { RegexProgram } from './regexProgram';

/** Steps that may still be spent. Shared by all that is checked in one go. */
export interface WorkBudget {
	steps: number;
}

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

function run(
	program: RegexProgram,
	text: string,
	start: number,
	anywhere: boolean,
	budget: WorkBudget,
): boolean {
	const seenAt = new Int32Array(program.length).fill(-1);
	let waiting: number[] = [0];
	let index = start;
	for (;;) {
		const signs: number[] = [];
		if (follow(waiting, index, signs)) return true;
		if (index >= text.length || (signs.length === 0 && !anywhere)) return false;
		const codePoint = text.codePointAt(index) ?? 0;
		waiting = [];
		for (const at of signs) {
			const step = program[at];
			if (step?.op === 'sign' && step.fits(codePoint)) waiting.push(at + 1);
		}
		if (anywhere) waiting.push(0);
		index += codePoint > 0xffff ? 2 : 1;
	}

	/** Goes on from each of `from` to the steps that read a sign; true when the pattern is done. */
	function follow(from: number[], place: number, signs: number[]): boolean {
		spend(budget, 1);
		for (let at = from.pop(); at !== undefined; at = from.pop()) {
			const step = program[at];
			if (step === undefined || seenAt[at] === place) continue;
			seenAt[at] = place;
			spend(budget, 1);
			if (step.op === 'match') return true;
			if (step.op === 'sign') signs.push(at);
			else if (step.op === 'jump') from.push(step.next);
			else if (step.op === 'split') from.push(step.next, step.other);
			else if (step.op === 'place') {
				if (isAt(step.place, text, place)) from.push(at + 1);
			} else if (run(step.ahead, text, place, false, budget) !== step.negated) from.push(at + 1);
		}
		return false;
	}
}

const WORD = /\w/;

function isAt(place: '^' | '$' | 'b' | 'B', text: string, index: number): boolean {
	if (place === '^') return index === 0;
	if (place === '$') return index === text.length;
	const before = index > 0 && WORD.test(text.charAt(index - 1));
	const after = index < text.length && WORD.test(text.charAt(index));
	return (before !== after) === (place === 'b');
}
