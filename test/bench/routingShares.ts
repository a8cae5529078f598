import { readFileSync } from 'node:fs';
import { decideTier } from '../../engine/routing/decideTier';
import { percent } from './routingComparison';
import { printTable } from './routingPrint';

const PROMPTS = 'test/fixtures/routing/prompts.jsonl';
const QUALITIES = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9];

/** Whether a quality sends the share that it promises, on a mix like the reference prompts. */
export function reportShares(): void {
	const prompts = readFileSync(PROMPTS, 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => (JSON.parse(line) as { readonly prompt: string }).prompt);
	console.log(
		`\n## Share of strong calls: promised and sent (${prompts.length} prompts of ${PROMPTS})\n`,
	);
	printTable(
		['quality', 'promised', 'sent'],
		QUALITIES.map((quality) => {
			const decisions = prompts.map((prompt) => decideTier(prompt, quality));
			const sent = decisions.filter(({ tier }) => tier === 'strong').length / prompts.length;
			return [String(quality), percent(decisions[0]?.expectedStrongShare ?? 0), percent(sent)];
		}),
	);
}
