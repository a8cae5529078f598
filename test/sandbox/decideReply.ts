import { promptText } from './ask';
import type { CallFactsNoted } from './callLog';
import type { Model } from './catalogue/model';
import { composeAnswer, promptTokens, type AnswerParts } from './composeAnswer';
import type { DeliveryMode, Fault } from './faults/fault';
import type { FaultBoard } from './faults/faultBoard';
import { parseModelId } from './faults/modelSuffix';
import { strikeAnswer } from './faults/strikeAnswer';
import { strikeReply } from './faults/strikeReply';
import type { ReadCall } from './incoming';
import type { CallFacts } from './match';
import { jsonReply, type Problem, type Reply } from './problem';
import { streamAsArray } from './vendors/google/generateContent';

export interface ReplyParts extends AnswerParts {
	readonly board: FaultBoard;
}

/** What goes out, how, after how long, and what the log should know of it. */
export interface Decision {
	readonly reply: Reply;
	readonly mode: DeliveryMode;
	readonly latencyMs: number;
	readonly facts: CallFactsNoted;
}

/** From a request to the reply that the vendor, or the fault that strikes it, would give. */
export function decideReply(call: ReadCall, parts: ReplyParts): Decision {
	const { route, endpoint, json, askedModel = '' } = call;
	if (call.keyProblem !== undefined) return refuse(call, call.keyProblem);
	if (route.endpoint === 'unknown') {
		return refuse(call, { kind: 'no-route', method: call.method, path: call.url.pathname });
	}
	if (endpoint === undefined) return withFaults(call, parts.board, factsOf(call), listing(call));
	if (call.body === undefined) return refuse(call, { kind: 'body-too-large' });
	if (json === undefined) return refuse(call, { kind: 'invalid-json' });

	const model = chatModel(call);
	const refusal = endpoint.check(json, model, call.headers);
	if (refusal !== undefined) return refuse(call, refusal);
	if (model === undefined) return refuse(call, { kind: 'model-not-found', model: askedModel });
	const ask = endpoint.read(json);
	const inputTokens = promptTokens(ask);
	const { contextTokens } = model;
	if (inputTokens > contextTokens) {
		return refuse(call, { kind: 'context-length', inputTokens, contextTokens });
	}
	return withFaults(call, parts.board, factsOf(call, model), answering(call, model, parts), model);
}

const NO_PREFILL: Problem = {
	kind: 'refused',
	message:
		'This model does not support assistant message prefill. The conversation must end with a user message.',
};

/** A good reply, built only when no fault replaces it. */
type Build = (fault: Fault | undefined) => {
	readonly reply: Reply;
	readonly facts: CallFactsNoted;
};

function withFaults(
	call: ReadCall,
	board: FaultBoard,
	facts: CallFacts,
	build: Build,
	model?: Model,
): Decision {
	const asked = call.askedModel ?? '';
	const latencyMs = board.latencyMs(facts, asked);
	const fault = board.strike(facts, asked);
	const named = fault === undefined ? {} : { fault: fault.name };
	if (fault?.strikes === 'request') {
		const refused = refuse(call, problemOf(fault, call, model));
		return { ...refused, latencyMs, facts: named };
	}
	if (fault?.strikes === 'prefill' && call.ask?.messages.at(-1)?.role === 'assistant') {
		return { ...refuse(call, NO_PREFILL), latencyMs, facts: named };
	}
	const built = build(fault);
	const failure = call.dialect.problem({ kind: 'server' }, call.context);
	const reply =
		fault?.strikes === 'reply' ? strikeReply(built.reply, fault.change, failure) : built.reply;
	return {
		reply: withHeaders(call, reply),
		mode: fault?.strikes === 'delivery' ? fault.mode : 'whole',
		latencyMs,
		facts: { ...built.facts, ...named },
	};
}

function answering(call: ReadCall, model: Model, parts: ReplyParts): Build {
	return (fault) => {
		const { endpoint, ask, context, keyFingerprint = '' } = call;
		if (endpoint === undefined || ask === undefined) throw new Error('Only a chat is answered');
		const askedId = parseModelId(call.askedModel ?? '').baseId;
		const composed = composeAnswer({ ask, askedId, model, keyFingerprint }, parts);
		const answer = fault?.strikes === 'answer' ? strikeAnswer(composed, fault.change) : composed;
		const { questionId, recordedModel } = composed;
		return {
			reply: ask.stream
				? streamReply(call, endpoint.stream(answer, ask, context))
				: jsonReply(200, endpoint.whole(answer, ask, context)),
			facts: {
				...(questionId === undefined ? {} : { questionId }),
				...(recordedModel === undefined ? {} : { recordedModel }),
			},
		};
	};
}

function listing({ dialect, route, url, context }: ReadCall): Build {
	return () => {
		if (route.endpoint === 'models') {
			return { reply: jsonReply(200, dialect.listModels(url.searchParams)), facts: {} };
		}
		const id = route.pathModel ?? '';
		const model = dialect.shelf.find(id);
		const reply =
			model === undefined
				? dialect.problem({ kind: 'model-not-found', model: id }, context)
				: jsonReply(200, dialect.describeModel(model));
		return { reply, facts: {} };
	};
}

/** Gemini streams an array of JSON documents unless it is asked for events. */
function streamReply({ route, url }: ReadCall, events: string): Reply {
	const isArray =
		route.endpoint === 'streamGenerateContent' && url.searchParams.get('alt') !== 'sse';
	return isArray
		? { status: 200, headers: { 'content-type': 'application/json' }, body: streamAsArray(events) }
		: {
				status: 200,
				headers: {
					'content-type': 'text/event-stream; charset=utf-8',
					'cache-control': 'no-cache',
				},
				body: events,
			};
}

function chatModel({ dialect, askedModel = '' }: ReadCall): Model | undefined {
	const model = dialect.shelf.find(parseModelId(askedModel).baseId);
	return model?.kind === 'chat' ? model : undefined;
}

function factsOf(call: ReadCall, model?: Model): CallFacts {
	const { askedModel, keyFingerprint } = call;
	return {
		vendor: call.route.vendor,
		endpoint: call.route.endpoint,
		modelNames:
			askedModel === undefined
				? []
				: [askedModel, parseModelId(askedModel).baseId, ...(model === undefined ? [] : [model.id])],
		prompt: call.ask === undefined ? '' : promptText(call.ask),
		...(keyFingerprint === undefined ? {} : { keyFingerprint }),
	};
}

function problemOf(
	fault: Extract<Fault, { readonly strikes: 'request' }>,
	{ askedModel = '' }: ReadCall,
	model: Model | undefined,
): Problem {
	const contextTokens = model?.contextTokens ?? 128_000;
	switch (fault.problem) {
		case 'context-length':
			return { kind: 'context-length', inputTokens: contextTokens + 1_000, contextTokens };
		case 'model-not-found':
			return { kind: 'model-not-found', model: askedModel };
		case 'rate-limit':
			return { kind: 'rate-limit', ...(fault.hint === undefined ? {} : { hint: fault.hint }) };
		default:
			return { kind: fault.problem };
	}
}

function refuse(call: ReadCall, problem: Problem): Decision {
	const reply = withHeaders(call, call.dialect.problem(problem, call.context));
	return { reply, mode: 'whole', latencyMs: 0, facts: {} };
}

function withHeaders({ dialect, context }: ReadCall, reply: Reply): Reply {
	return { ...reply, headers: { ...dialect.headers(context), ...reply.headers } };
}
