import { hash32 } from '../hash';
import { capitalised } from './sentences';

type Swap = readonly [RegExp, readonly [string, ...string[]]];

const CASUAL: readonly Swap[] = [
	[/\bdo not\b/gi, ["don't"]],
	[/\bcannot\b/gi, ["can't"]],
	[/\bit is\b/gi, ["it's"]],
	[/\bwe are\b/gi, ["we're"]],
	[/\bneed not\b/gi, ["doesn't have to"]],
	[/\bthose who\b/gi, ['people who']],
	[/\bit helps to\b/gi, ['it is a good idea to']],
	[/\btells more\b/gi, ['tells you more']],
	[/\bbegin\b/gi, ['start']],
	[/\bpurchase\b/gi, ['buy']],
	[/\bassist(ance)?\b/gi, ['help']],
	[/\brequire\b/gi, ['need']],
];
const FORMAL: readonly Swap[] = [
	[/\bdon't\b/gi, ['do not']],
	[/\bcan't\b/gi, ['cannot']],
	[/\bit's\b/gi, ['it is']],
	[/\bwe're\b/gi, ['we are']],
	[/\bbuy\b/gi, ['purchase']],
	[/\bstart\b/gi, ['begin']],
	[/\blots of\b/gi, ['many']],
	[/\bget\b/gi, ['obtain', 'receive']],
	[/\bhelp\b/gi, ['assist', 'support']],
	[/\bneed\b/gi, ['require']],
];
const NEUTRAL: readonly Swap[] = [
	[/\bvery\b/gi, ['notably', 'quite']],
	[/\bbig\b/gi, ['large', 'sizeable']],
	[/\bshow\b/gi, ['present', 'demonstrate']],
	[/\bimportant\b/gi, ['essential', 'key']],
	[/\bgood\b/gi, ['solid', 'strong']],
	[/\bbegin\b/gi, ['start']],
	[/\bshows\b/gi, ['reveals', 'makes clear']],
	[/\busing\b/gi, ['with', 'by means of']],
	[/\bhowever\b/gi, ['still', 'even so']],
	[/\balso\b/gi, ['as well', 'too']],
];

/** The same text, lightly restyled; which synonyms are taken depends on the seed. */
export function restyle(material: string, instruction: string, seed: string): string {
	const swaps = /\b(?:casual|friendly|informal|warm|simple|plain)\b/i.test(instruction)
		? CASUAL
		: /\b(?:formal|professional|business|academic)\b/i.test(instruction)
			? FORMAL
			: NEUTRAL;
	const text = swaps.reduce(
		(before, [pattern, [first, ...others]]) =>
			before.replace(pattern, (found) => {
				const options = [first, ...others];
				const word = options[hash32(`${seed} ${found}`) % options.length] ?? first;
				return /^\p{Lu}/u.test(found) ? capitalised(word) : word;
			}),
		withoutHeadings(material).trim(),
	);
	return /\bbullet|\blist\b/i.test(instruction) ? bulletList(text) : text;
}

/** `Summary:` and the like, alone on a line, label the prompt's parts and not the text. */
function withoutHeadings(material: string): string {
	return material.replace(/^[A-Z][\w ]{0,30}:[ \t]*$\n?/gm, '');
}

function bulletList(text: string): string {
	return text
		.split(/\n+|(?<=[.!?])\s+/)
		.filter((line) => line.trim() !== '')
		.map((line) => `- ${line.replace(/^[-*•]\s*/, '').trim()}`)
		.join('\n');
}
