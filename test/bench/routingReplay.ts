import {
	DEFAULT_FALLBACK_ON,
	EngineError,
	routeChat,
	type ConnectedCandidate,
	type Plan,
	type Route,
	type Trace,
} from '../../engine/index';
import { runtime } from '../../nodes/shared/runtime';
import { readLines } from '../../scripts/train/recordedRows';
import type { RecordedAnswer, RecordedQuestion } from './recordedAnswers';
import { catalogueIdOf } from './routingModels';

/** The sets that keep no token counts are counted at this: the usual estimate for English. */
const CHARACTERS_PER_TOKEN = 4;

/** Characters of an answer as the model wrote it, where the recorded text is only a part of it. */
export type OutputLengths = (questionId: string, model: string) => number | undefined;

/** ZeroEval's, whose texts are the last 4,000 characters of longer answers. */
export function readOutputLengths(folder: string): OutputLengths {
	interface Line {
		readonly id: string;
		readonly out_chars: Readonly<Record<string, number>>;
	}
	const lines = readLines<Line>(folder, 'routing-multi-zeroeval');
	const byId = new Map(lines.map(({ id, out_chars }) => [id, out_chars]));
	return (questionId, model) => byId.get(questionId)?.[model];
}

/** A question with one candidate for each model, which gives the recorded answer when it is asked. */
export interface Replayed {
	readonly question: RecordedQuestion;
	readonly candidateOf: (model: string) => ConnectedCandidate;
}

export interface Outcome {
	readonly isRight: boolean;
	readonly costUsd: number;
	/** Models that were called, each once. */
	readonly called: readonly string[];
	readonly reason: string;
}

/** A plan that asks each model once: a recorded answer stays the same when it is asked for again. */
export const replayPlan = (candidates: readonly ConnectedCandidate[]): Plan => ({
	strategy: 'priority',
	candidates,
	retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 500, maxDelayMs: 8_000 },
	fallbackOn: DEFAULT_FALLBACK_ON,
	attemptTimeoutMs: 60_000,
	deadlineMs: 180_000,
	cache: { mode: 'off', ttlMs: 1, scope: 'replay', refresh: false },
	keepRaw: false,
	skipped: [],
});

export function replayed(question: RecordedQuestion, outputLengths: OutputLengths): Replayed {
	return {
		question,
		candidateOf: (model) => {
			const answer = question.answers.find((each) => each.model === model);
			if (answer === undefined) throw new Error(`${question.id} has no answer of ${model}`);
			const id = catalogueIdOf(model);
			const slash = id.indexOf('/');
			const modelId = id.slice(slash + 1);
			const usage = usageOf(question, answer, outputLengths(question.id, model));
			return {
				kind: 'connected',
				id: model,
				identity: 'replay',
				settings: {},
				limits: {},
				price: {},
				weight: 1,
				model: {
					modelId,
					provider: id.slice(0, slash),
					warnings: [],
					generate: async () => ({
						ok: true,
						value: {
							text: answer.text === '' ? (answer.final ?? '') : answer.text,
							finishReason: { unified: 'stop' },
							usage,
							modelId,
							warnings: [],
						},
					}),
				},
			};
		},
	};
}

function usageOf(question: RecordedQuestion, answer: RecordedAnswer, outputChars?: number) {
	const { inputTokens, outputTokens, text } = answer;
	return {
		inputTokens: inputTokens ?? question.question.length / CHARACTERS_PER_TOKEN,
		outputTokens: outputTokens ?? (outputChars ?? text.length) / CHARACTERS_PER_TOKEN,
	};
}

export const hasAnswersOf = ({ answers }: RecordedQuestion, models: readonly string[]): boolean =>
	models.every((name) => answers.some(({ model }) => model === name));

const stop = new AbortController();

/** One question by the engine itself: its decisions, its costs, recorded answers. */
export async function ask({ question }: Replayed, route: Route): Promise<Outcome> {
	const request = {
		messages: [{ role: 'user' as const, content: question.question }],
		outputFormat: 'text' as const,
	};
	try {
		const { answeredBy, trace } = await routeChat(request, route, {
			runtime: runtime(),
			signal: stop.signal,
		});
		const answer = question.answers.find(({ model }) => model === answeredBy);
		return { isRight: answer?.correct === true, ...accountOf(trace) };
	} catch (error) {
		if (!(error instanceof EngineError) || error.trace === undefined) throw error;
		return { isRight: false, ...accountOf(error.trace) };
	}
}

function accountOf({ attempts, costUsd, route }: Trace): Omit<Outcome, 'isRight'> {
	if (costUsd === undefined) throw new Error(`No cost is known for ${attempts[0]?.model ?? '?'}`);
	return { costUsd, called: attempts.map(({ model }) => model), reason: route.reason };
}
