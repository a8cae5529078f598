import { recordedQuestions } from '../../sandbox/index';

export interface DemoQuestion {
	readonly id: string;
	readonly question: string;
	/** The right answer. */
	readonly truth: string;
}

/**
 * Questions whose recorded answers cover all these models, spread evenly over the data set rather
 * than chosen: the figures of the demo must not depend on our taste.
 */
export function demoQuestions(models: readonly string[], count: number): DemoQuestion[] {
	const all = recordedQuestions('numeric').filter((recorded) =>
		models.every((model) => recorded.models.includes(model)),
	);
	const step = all.length / count;
	return Array.from({ length: Math.min(count, all.length) }, (_, index) => {
		const recorded = all[Math.floor(index * Math.max(step, 1))];
		if (recorded === undefined)
			throw new Error('There are fewer recorded questions than asked for');
		const { id, question, truth } = recorded;
		return { id, question, truth };
	});
}
