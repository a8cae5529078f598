import { estimateTokens } from '../policies/estimateTokens';
import { answerText } from '../reconcile/answerText';
import type { Panel } from '../spec/panel';
import type { Plan } from '../spec/policies';
import type { AnswerIn, Reconciled } from '../spec/reconcile';
import type { EstimatedCall } from './estimate';
import { isOwn } from './maker';
import { MAX_LABELS, shuffled } from './order';
import { debateRequest, materialOf } from './prompts';
import { quote } from './quote';

/** One answer that is given again. */
export interface Turn {
	readonly index: number;
	readonly model: string;
	readonly call: EstimatedCall;
}

/**
 * Who is asked again, and in sentences who should be but cannot be asked. A majority keeps its
 * answer; without one everybody disagrees with somebody.
 */
export function turnsOf(
	question: string,
	answers: readonly AnswerIn[],
	before: Reconciled,
	{ plans, options, seed }: Panel,
): { turns: Turn[]; absent: string[] } {
	const hasMajority = before.agreement > 0.5;
	const dissenters = new Set(before.dissent.map(({ model }) => model));
	const texts = answers.map(({ text }) => ({
		text: answerText(text).text,
		maxTokens: options.maxAnswerTokens,
	}));
	const quotes = quote([{ text: '', maxTokens: options.maxAnswerTokens }, ...texts], seed);
	const absent = new Set<string>();
	const turns = answers.flatMap(({ text, model }, index): Turn[] => {
		if (hasMajority && !dissenters.has(model)) return [];
		const plan = planOf(plans, model);
		if (plan === undefined) {
			absent.add(`${model} keeps its answer, since it is not among the models of this node`);
			return [];
		}
		const others = shuffled(
			answers
				.map((_, place) => place)
				.filter((place) => place !== index && texts[place]?.text.trim() !== ''),
			`${quotes.code} debate ${index}`,
		);
		const own = quotes.texts[index + 1] ?? { text: '', leftOutTokens: 0 };
		const request = debateRequest(
			question,
			own,
			materialOf(quotes, others.slice(0, MAX_LABELS)),
			typeof text === 'string' ? 'text' : 'json',
		);
		const outputTokens = Math.max(50, estimateTokens(own.text));
		return [
			{
				index,
				model,
				call: { plan, request, variant: `debate 1 answer ${index + 1}`, outputTokens },
			},
		];
	});
	return { turns, absent: [...absent] };
}

/** The plan that a model's answer came from; only the model itself answers again. */
function planOf(plans: readonly Plan[], model: string): Plan | undefined {
	const exact = plans
		.flatMap((plan) => plan.candidates.map((candidate) => ({ plan, candidate })))
		.sort((a, b) => Number(b.candidate.id === model) - Number(a.candidate.id === model))
		.find(({ candidate }) => isOwn(candidate, model));
	return exact && { ...exact.plan, candidates: [exact.candidate] };
}
