import { isAt, matchesRegexAt, spend, type WorkBudget } from './regexMatch';
import type { RegexProgram } from './regexProgram';

/** One way of matching that is still open, or the match itself. */
interface Thread {
	readonly at: number;
	readonly start: number;
	readonly groupStart: number;
	readonly groupEnd: number;
}

/**
 * The first match in a text, as the built-in engine would find it: what its first group holds, or
 * all of it where there is no group or the group took no part. Bounded like `matchesRegex`.
 *
 * @throws {TooMuchWorkError} when the budget is spent
 */
export function findRegex(
	program: RegexProgram,
	text: string,
	budget: WorkBudget,
): string | undefined {
	const seenAt = new Int32Array(program.length).fill(-1);
	let threads: Thread[] = [];
	let found: { readonly thread: Thread; readonly end: number } | undefined;
	let index = 0;
	for (;;) {
		// Best first; a new beginning is the last resort, and none once there is a match.
		const open = [...threads];
		if (found === undefined) open.push({ at: 0, start: index, groupStart: -1, groupEnd: -1 });
		const signs = follow(open, index);
		if (signs.length === 0 && (found !== undefined || index >= text.length)) break;
		if (index >= text.length) break;
		const codePoint = text.codePointAt(index) ?? 0;
		threads = signs.flatMap((thread) =>
			program[thread.at]?.fits(codePoint) === true ? [{ ...thread, at: thread.at + 1 }] : [],
		);
		index += codePoint > 0xffff ? 2 : 1;
	}
	if (found === undefined) return undefined;
	const { start, groupStart, groupEnd } = found.thread;
	return groupStart !== -1 && groupEnd !== -1
		? text.slice(groupStart, groupEnd)
		: text.slice(start, found.end);

	/** The threads that read a sign, in their order, up to the first that is done. */
	function follow(open: readonly Thread[], place: number): Thread[] {
		const signs: Thread[] = [];
		for (const first of open) {
			const waiting = [first];
			for (let thread = waiting.pop(); thread !== undefined; thread = waiting.pop()) {
				const { at } = thread;
				const step = program[at];
				spend(budget, 1);
				if (step === undefined || seenAt[at] === place) continue;
				seenAt[at] = place;
				const next = { ...thread, at: at + 1 };
				if (step.op === 'match') {
					found = { thread, end: place };
					return signs;
				}
				if (step.op === 'sign') signs.push(thread);
				else if (step.op === 'jump') waiting.push({ ...thread, at: step.next });
				else if (step.op === 'split') {
					waiting.push({ ...thread, at: step.other }, { ...thread, at: step.next });
				} else if (step.op === 'save') {
					waiting.push(
						step.isGroupEnd ? { ...next, groupEnd: place } : { ...next, groupStart: place },
					);
				} else if (step.op === 'place') {
					if (isAt(step.place, text, place)) waiting.push(next);
				} else if (matchesRegexAt(step.ahead, text, place, budget) !== step.negated) {
					waiting.push(next);
				}
			}
		}
		return signs;
	}
}
