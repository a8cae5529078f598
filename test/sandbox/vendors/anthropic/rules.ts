import type { Model } from '../../catalogue/model';
import {
	arrayAt,
	isObject,
	numberAt,
	objectAt,
	textAt,
	type Json,
	type JsonObject,
} from '../../json';
import type { Problem } from '../../problem';

/** What Anthropic refuses although its schema allows it; the first reason found. */
export function anthropicRules(body: JsonObject, model: Model | undefined): Problem | undefined {
	const message =
		contentFlaw(body) ??
		(model === undefined
			? undefined
			: (limitFlaw(body, model) ??
				samplingFlaw(body, model) ??
				thinkingFlaw(body, model) ??
				schemaFlaw(body, model)));
	return message === undefined ? undefined : { kind: 'refused', message };
}

function contentFlaw(body: JsonObject): string | undefined {
	const messages = arrayAt(body, 'messages');
	if (messages.length === 0) return 'messages: at least one message is required';
	const isEmpty = (message: Json) =>
		textAt(message, 'content') === '' ||
		(textAt(message, 'content') === undefined && arrayAt(message, 'content').length === 0);
	const empty = messages.findIndex(
		(message, index) =>
			isEmpty(message) &&
			!(index === messages.length - 1 && textAt(message, 'role') === 'assistant'),
	);
	if (empty !== -1) {
		return `messages.${empty}: all messages must have non-empty content except for the optional final assistant message`;
	}
	const hasEmptyBlock = messages
		.flatMap((message) => arrayAt(message, 'content'))
		.some((block) => textAt(block, 'type') === 'text' && textAt(block, 'text') === '');
	return hasEmptyBlock ? 'messages: text content blocks must be non-empty' : undefined;
}

function limitFlaw(body: JsonObject, model: Model): string | undefined {
	const limit = numberAt(body, 'max_tokens') ?? 0;
	return limit > model.maxOutputTokens
		? `max_tokens: ${limit} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`
		: undefined;
}

function samplingFlaw(body: JsonObject, model: Model): string | undefined {
	const given = ['temperature', 'top_p', 'top_k'].filter((name) => body[name] !== undefined);
	if (model.sampling === 'never' && given[0] !== undefined) {
		return `\`${given[0]}\` is deprecated for this model.`;
	}
	// Of the fourth generation on. Source: Anthropic's migration guide, read 2026-11-23.
	const takesOne = model.reasoning !== 'none';
	return takesOne && given.includes('temperature') && given.includes('top_p')
		? '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'
		: undefined;
}

function thinkingFlaw(body: JsonObject, model: Model): string | undefined {
	const thinking = objectAt(body, 'thinking');
	const type = textAt(thinking, 'type');
	if (thinking === undefined || type === undefined) return undefined;
	if (type === 'disabled') {
		return model.reasoning === 'always'
			? '"thinking.type.disabled" is not supported for this model.'
			: undefined;
	}
	if (model.reasoning === 'none') return `"thinking.type.${type}" is not supported for this model.`;
	const temperature = numberAt(body, 'temperature');
	if (temperature !== undefined && temperature !== 1) {
		return '`temperature` may only be set to 1 when thinking is enabled.';
	}
	const budget = numberAt(thinking, 'budget_tokens') ?? 0;
	return budget >= (numberAt(body, 'max_tokens') ?? 0)
		? '`max_tokens` must be greater than `thinking.budget_tokens`.'
		: undefined;
}

function schemaFlaw(body: JsonObject, model: Model): string | undefined {
	const format = objectAt(objectAt(body, 'output_config'), 'format');
	if (format === undefined) return undefined;
	if (!model.nativeSchema) return "'output_config.format' is not supported by this model.";
	return hasOpenObject(format.schema)
		? "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
		: undefined;
}

/** Anywhere in the schema, names of properties aside. */
function hasOpenObject(schema: Json | undefined): boolean {
	if (Array.isArray(schema)) return (schema as readonly Json[]).some(hasOpenObject);
	if (!isObject(schema)) return false;
	if (schema.type === 'object' && schema.additionalProperties !== false) return true;
	return Object.entries(schema).some(([key, value]) =>
		key === 'properties' || key === '$defs'
			? Object.values(isObject(value) ? value : {}).some(hasOpenObject)
			: hasOpenObject(value),
	);
}
