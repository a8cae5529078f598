import type { Task } from '../spec/facts';
import { featuresOf } from './features';
import { shippedModel } from './model';
import { shareBelow } from './quantiles';
import { likeliestTask, rawDifficulty } from './score';

export interface Difficulty {
	/**
	 * 0–1: the share of the reference prompts on which a strong model is expected to gain less than
	 * on this one. The reference is `ModelFile.about`.
	 */
	readonly score: number;
	readonly task: Task;
}

export interface TierDecision extends Difficulty {
	readonly tier: 'fast' | 'strong';
	/** Scores above it go to the strong tier. */
	readonly threshold: number;
	/** Share of the reference prompts that this quality sends to the strong tier, 0–1. */
	readonly expectedStrongShare: number;
	/** The same share among reference prompts of the same task, 0–1. */
	readonly expectedStrongShareOfTask: number;
	/** One sentence for `route.reason`. */
	readonly reason: string;
}

export function difficultyOf(prompt: string): Difficulty {
	const model = shippedModel();
	const features = featuresOf(prompt);
	return {
		score: shareBelow(model.file.difficulty.quantiles, rawDifficulty(features, model)),
		task: likeliestTask(features, model),
	};
}

/** The likeliest task of a prompt. */
export const taskOf = (prompt: string): Task => likeliestTask(featuresOf(prompt), shippedModel());

/**
 * Share of the strong tier to expect at a quality: of a mix like the reference prompts, or of
 * prompts of one task.
 */
export function expectedStrongShare(quality: number, task?: Task): number {
	const share = clamp(quality);
	if (task === undefined || share === 0 || share === 1) return share;
	const { taskQuantiles } = shippedModel().file.difficulty;
	return 1 - shareBelow(taskQuantiles[task], 1 - share);
}

/**
 * The tier for a prompt.
 *
 * @param quality 0–1: the share of a mixed load that may go to the strong tier; 0 never, 1 always
 */
export function decideTier(prompt: string, quality: number): TierDecision {
	const share = clamp(quality);
	const { score, task } = difficultyOf(prompt);
	const threshold = 1 - share;
	const isStrong = share === 1 || (share > 0 && score > threshold);
	return {
		tier: isStrong ? 'strong' : 'fast',
		score,
		threshold,
		task,
		expectedStrongShare: share,
		expectedStrongShareOfTask: expectedStrongShare(share, task),
		reason: explain(score, task, share),
	};
}

function explain(score: number, task: Task, share: number): string {
	if (share === 0) return 'Quality 0 sends everything to the fast tier';
	if (share === 1) return 'Quality 1 sends everything to the strong tier';
	const ofTask = percent(expectedStrongShare(share, task));
	const sends = `sends the hardest ${percent(share)} to the strong tier, of ${task} prompts about ${ofTask}`;
	const harderThan = `this ${task} prompt looks harder than ${percent(score)} of the reference prompts`;
	return `Quality ${share} ${sends}; ${harderThan}`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** What is not a number counts as 0: an unreadable setting must not cost money. */
const clamp = (share: number): number => (share >= 0 ? Math.min(1, share) : 0);
