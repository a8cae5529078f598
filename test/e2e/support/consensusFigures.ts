import { costUsd, effectivePricing } from '../../../engine/policies/cost';
import { findModel } from '../../../engine/catalog/index';
import { reconcile } from '../../../engine/reconcile';
import { reconcileSchema } from '../../../engine/spec/reconcile';
import { recordings } from '../../sandbox/recorded/recordings';

export interface ConsensusFigures {
	readonly questions: number;
	readonly right: number;
	readonly rightAlone: number;
	readonly escalated: number;
	readonly costUsd: number;
	readonly costAloneUsd: number;
}

const MAJORITY = reconcileSchema.parse({ method: 'majority' });
/** The data sets give no counts; this is the usual estimate. */
const CHARACTERS_PER_TOKEN = 4;

/** Whether the result in an item's text is its truth. */
export function isRightText({ text, truth }: Readonly<Record<string, unknown>>): boolean {
	return isRight(String(text), String(truth));
}

/**
 * What consensus comes to on the recorded answers, without any call: the decision of the engine,
 * tokens by length, prices of the catalogue.
 *
 * @param models `provider/model`: two that vote, then the strong one
 */
export function consensusReplay(models: readonly string[]): ConsensusFigures {
	const [one = '', two = '', strong = ''] = models;
	let [questions, right, rightAlone, escalated, paid, paidAlone] = [0, 0, 0, 0, 0, 0];
	for (const { kind, question, truth, answers } of recordings()) {
		const textOf = (model: string) =>
			answers.find((answer) => model.endsWith(`/${answer.model}`))?.text;
		const texts = [one, two, strong].map(textOf);
		const [first, second, third] = texts;
		if (kind !== 'numeric' || first === undefined || second === undefined || third === undefined) {
			continue;
		}
		questions++;
		const votes = [first, second].map((text, index) => ({ text, model: models[index] ?? '' }));
		const agree = reconcile(votes, MAJORITY).agreement === 1;
		const strongUsd = usd(strong, question, third);
		paid += usd(one, question, first) + usd(two, question, second) + (agree ? 0 : strongUsd);
		paidAlone += strongUsd;
		if (!agree) escalated++;
		if (isRight(agree ? first : third, truth)) right++;
		if (isRight(third, truth)) rightAlone++;
	}
	return { questions, right, rightAlone, escalated, costUsd: paid, costAloneUsd: paidAlone };
}

export function consensusTable(inN8n: ConsensusFigures, replay: ConsensusFigures): string {
	const row = (name: string, pick: (figures: ConsensusFigures) => string) =>
		`  ${name.padEnd(34)} ${pick(inN8n).padStart(10)} ${pick(replay).padStart(10)}`;
	const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
	return [
		`  ${''.padEnd(34)} ${'real n8n'.padStart(10)} ${'replay'.padStart(10)}`,
		row('Questions', ({ questions }) => String(questions)),
		row('Strong model alone, right', ({ rightAlone, questions }) =>
			percent(rightAlone / questions),
		),
		row('Consensus, right', ({ right, questions }) => percent(right / questions)),
		row('Asked the strong model', ({ escalated, questions }) => percent(escalated / questions)),
		row('Cost, strong model alone = 100 %', (figures) =>
			percent(figures.costUsd / figures.costAloneUsd),
		),
	].join('\n');
}

function usd(model: string, prompt: string, text: string): number {
	const usage = {
		inputTokens: prompt.length / CHARACTERS_PER_TOKEN,
		outputTokens: text.length / CHARACTERS_PER_TOKEN,
	};
	const cost = costUsd(usage, effectivePricing(findModel(model), {}));
	if (cost === undefined) throw new Error(`No price is known for ${model}`);
	return cost;
}

function isRight(text: string, truth: string): boolean {
	// A vote needs two: the same one twice is read alike.
	const { answer } = reconcile(
		['one', 'other'].map((model) => ({ text, model })),
		MAJORITY,
	);
	const number = (value: unknown) => Number(String(value).replace(/[^\d.-]/g, ''));
	return answer !== null && number(answer) === number(truth);
}
