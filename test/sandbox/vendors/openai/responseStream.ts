import type { Answer } from '../../ask';
import { eventStream, pieces, type ReplyContext } from '../../dialect';
import { arrayAt, textAt, type Json, type JsonObject } from '../../json';
import { outputItems, responseObject } from './responseObject';

/** The Responses API's events: the response, each output item, each piece of its text. */
export function responseStream(answer: Answer, context: ReplyContext): string {
	const started = responseObject(answer, context, 'in_progress');
	const done = responseObject(answer, context);
	const events: readonly JsonObject[] = [
		{ type: 'response.created', response: started },
		{ type: 'response.in_progress', response: started },
		...outputItems(answer, context).flatMap(itemEvents),
		{
			type: answer.finish === 'length' ? 'response.incomplete' : 'response.completed',
			response: done,
		},
	];
	return eventStream(
		events.map(
			(event, index) => [String(event.type), { ...event, sequence_number: index }] as const,
		),
	);
}

function itemEvents(item: JsonObject, outputIndex: number): readonly JsonObject[] {
	const place = { output_index: outputIndex };
	const started: JsonObject = { ...item, ...startOf(item) };
	return [
		{ type: 'response.output_item.added', ...place, item: started },
		...contentEvents(item, { item_id: item.id, ...place }),
		{ type: 'response.output_item.done', ...place, item },
	];
}

function startOf(item: JsonObject): JsonObject {
	if (item.type === 'message') return { status: 'in_progress', content: [] };
	return item.type === 'function_call' ? { status: 'in_progress', arguments: '' } : {};
}

function contentEvents(item: JsonObject, place: JsonObject): readonly JsonObject[] {
	if (item.type === 'function_call') {
		const whole = textAt(item, 'arguments') ?? '';
		return [
			...pieces(whole).map((delta) => ({
				type: 'response.function_call_arguments.delta',
				...place,
				delta,
			})),
			{ type: 'response.function_call_arguments.done', ...place, arguments: whole },
		];
	}
	return arrayAt(item, 'content').flatMap((part, index) =>
		partEvents(part, { ...place, content_index: index }),
	);
}

function partEvents(part: Json, place: JsonObject): readonly JsonObject[] {
	const refusal = textAt(part, 'refusal');
	if (refusal !== undefined) {
		return [
			{ type: 'response.content_part.added', ...place, part: { type: 'refusal', refusal: '' } },
			{ type: 'response.refusal.delta', ...place, delta: refusal },
			{ type: 'response.refusal.done', ...place, refusal },
			{ type: 'response.content_part.done', ...place, part },
		];
	}
	const text = textAt(part, 'text') ?? '';
	const empty = { type: 'output_text', text: '', annotations: [], logprobs: [] };
	return [
		{ type: 'response.content_part.added', ...place, part: empty },
		...pieces(text).map((delta) => ({
			type: 'response.output_text.delta',
			...place,
			delta,
			logprobs: [],
		})),
		{ type: 'response.output_text.done', ...place, text, logprobs: [] },
		{ type: 'response.content_part.done', ...place, part },
	];
}
