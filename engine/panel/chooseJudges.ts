import type { Plan } from '../spec/policies';
import type { Candidate } from '../spec/provider';
import { isOwn, makerOfCandidate, makerOf } from './maker';

export interface Judges {
	readonly plans: readonly Plan[];
	/** Who was left out or judges its own, in sentences. */
	readonly warnings: readonly string[];
}

/**
 * Keeps from judging whoever has an answer on the panel, or whose maker has one: models favour
 * their own. Only where nobody else could judge they stay, with a warning.
 */
export function chooseJudges(plans: readonly Plan[], models: readonly string[]): Judges {
	const makers = new Map(models.map((model) => [makerOf(model), model]));
	makers.delete(undefined);
	const relativeOf = (candidate: Candidate): string | undefined =>
		models.find((model) => isOwn(candidate, model)) ?? makers.get(makerOfCandidate(candidate));

	// A judge without any usable model says so itself when it is asked; it must not stand for others.
	const usable = plans.filter(({ candidates }) => candidates.length > 0);
	if (usable.length === 0) return { plans, warnings: [] };
	const neutral = usable.flatMap((plan): Plan[] => {
		const skipped = plan.candidates.flatMap((candidate) => {
			const relative = relativeOf(candidate);
			return relative === undefined
				? []
				: [{ model: candidate.id, reason: kinship(candidate, relative) }];
		});
		if (skipped.length === plan.candidates.length) return [];
		const candidates = plan.candidates.filter((candidate) => relativeOf(candidate) === undefined);
		return [{ ...plan, candidates, skipped: [...plan.skipped, ...skipped] }];
	});
	if (neutral.length === 0) return { plans: usable, warnings: partial(usable, relativeOf) };
	const leftOut = usable.length - neutral.length;
	if (leftOut === 0) return { plans: neutral, warnings: [] };
	const judges = leftOut === 1 ? '1 judge was' : `${leftOut} judges were`;
	return {
		plans: neutral,
		warnings: [`${judges} left out, because every model of it has an answer of its maker to judge`],
	};
}

function partial(
	plans: readonly Plan[],
	relativeOf: (candidate: Candidate) => string | undefined,
): string[] {
	const sentences = plans
		.flatMap(({ candidates }) => candidates)
		.map((candidate) => kinship(candidate, relativeOf(candidate) ?? candidate.id));
	if (sentences.length === 0) return [];
	return [
		`Judged by models that have an answer on the panel, since no other judge was given: ${[...new Set(sentences)].join('; ')}`,
	];
}

function kinship(candidate: Candidate, relative: string): string {
	if (isOwn(candidate, relative)) return `${candidate.id} would judge its own answer`;
	return `${candidate.id} would judge ${relative}, a model of the same maker`;
}
