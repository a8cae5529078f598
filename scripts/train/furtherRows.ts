import { EASY_PROMPTS, HARD_PROMPTS } from './difficultySeeds';
import { questionKey } from './folds';
import type { RoutingRow } from './recordedRows';

/** What the made-up prompts are taken to gain from a strong model. */
const EASY_GAIN = 0;
const HARD_GAIN = 0.3;

/** The question alone: builders ask without options and without an exam's instructions. */
function stemOf({ set, prompt }: RoutingRow): string | undefined {
	if (set === 'mmlu' || set === 'mmlupro') return prompt.split('\nA. ')[0];
	if (set !== 'routerarena') return undefined;
	return /Question:\s*([\s\S]*?)(?:\n\s*(?:Options:|Provide)|$)/.exec(prompt)?.[1]?.trim();
}

/**
 * More to learn from, never judged: exam questions without their options, so that what is known
 * about a subject also serves free prompts, and a few prompts of our own. A stem has its question's
 * key and so lies in the same fold.
 */
export function furtherRows(rows: readonly RoutingRow[]): RoutingRow[] {
	const stems = rows.flatMap((row): RoutingRow[] => {
		const prompt = stemOf(row);
		return prompt === undefined || prompt === '' ? [] : [{ ...row, set: 'stem', prompt }];
	});
	const seeds = (prompts: readonly string[], gain: number) =>
		prompts.map((prompt): RoutingRow => {
			const key = questionKey(prompt);
			return { set: 'seed', prompt, key, gains: [gain], evidence: {}, part: 'seed' };
		});
	return [...stems, ...seeds(EASY_PROMPTS, EASY_GAIN), ...seeds(HARD_PROMPTS, HARD_GAIN)];
}
