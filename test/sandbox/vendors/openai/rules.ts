import type { ReasoningEffort } from '../../ask';
import type { Model } from '../../catalogue/model';
import { isObject, numberAt, type Json, type JsonObject } from '../../json';
import type { Problem } from '../../problem';

/** What OpenAI refuses although its schema allows it. */
type Rule = Problem | undefined;

const NOT_WITH_REASONING = [
	'presence_penalty',
	'frequency_penalty',
	'logit_bias',
	'logprobs',
	'stop',
];

/** Sampling settings of models that reason. Source: OpenAI's guide to reasoning models, read 2026-11-23. */
export function samplingRule(body: JsonObject, model: Model, effort: Json | undefined): Rule {
	if (model.reasoning === 'none') return undefined;
	const refused = NOT_WITH_REASONING.find(
		(name) => body[name] !== undefined && body[name] !== null,
	);
	const isOff = effort === 'none' || (effort === undefined && model.reasoning === 'optional');
	if (refused !== undefined && !(isOff && refused === 'logprobs')) return unsupported(refused);
	if (isOff && model.sampling === 'no-reasoning') return undefined;
	for (const name of ['temperature', 'top_p']) {
		const value = numberAt(body, name);
		if (value === undefined || value === 1) continue;
		return {
			kind: 'refused',
			message: `Unsupported value: '${name}' does not support ${value} with this model. Only the default (1) value is supported.`,
			param: name,
			code: 'unsupported_value',
		};
	}
	return undefined;
}

/** Efforts differ by model; those that do not reason take none at all. */
export function effortRule(param: string, effort: Json | undefined, model: Model): Rule {
	if (typeof effort !== 'string') return undefined;
	if (model.reasoning === 'none') return unsupported(param);
	if (model.efforts.includes(effort as ReasoningEffort)) return undefined;
	const supported = model.efforts.map((one) => `'${one}'`).join(', ');
	return {
		kind: 'refused',
		message: `Unsupported value: '${effort}' is not supported with the '${model.id}' model. Supported values are: ${supported}.`,
		param,
		code: 'unsupported_value',
	};
}

export function limitRule(param: string, limit: Json | undefined, model: Model): Rule {
	if (typeof limit !== 'number' || limit <= model.maxOutputTokens) return undefined;
	return {
		kind: 'refused',
		message: `${param} is too large: ${limit}. This model supports at most ${model.maxOutputTokens} completion tokens, whereas you provided ${limit}.`,
		param,
		code: 'invalid_value',
	};
}

/** JSON mode without the word in the prompt made models write blanks forever, hence this rule. */
export function jsonWordRule(format: JsonObject | undefined, prompt: string, param: string): Rule {
	if (format?.type !== 'json_object' || /json/i.test(prompt)) return undefined;
	return {
		kind: 'refused',
		message: `'messages' must contain the word 'json' in some form, to use '${param}' of type 'json_object'.`,
		param,
	};
}

/** Strict schemas: every object closed, every property required. */
export function strictSchemaRule(
	schema: Json | undefined,
	name: Json | undefined,
	param: string,
): Rule {
	if (schema === undefined) return undefined;
	const flaw = isObject(schema) && schema.type === 'object' ? strictFlaw(schema, []) : rootFlaw;
	if (flaw === undefined) return undefined;
	return {
		kind: 'refused',
		message: `Invalid schema for response_format '${String(name)}': ${flaw}`,
		param,
		code: 'invalid_json_schema',
	};
}

const rootFlaw = 'schema must be a JSON Schema of \'type: "object"\'.';

function strictFlaw(schema: JsonObject, path: readonly string[]): string | undefined {
	const context = `In context=(${path.map((step) => `'${step}'`).join(', ')})`;
	const properties = isObject(schema.properties) ? schema.properties : {};
	if (schema.type === 'object') {
		if (schema.additionalProperties !== false) {
			return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
		}
		const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
		const left = Object.keys(properties).find((key) => !required.includes(key));
		if (left !== undefined) {
			return `${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${left}'.`;
		}
	}
	const inner: readonly (readonly [string[], Json | undefined])[] = [
		...Object.entries(properties).map(([key, value]): [string[], Json | undefined] => [
			['properties', key],
			value,
		]),
		[['items'], schema.items],
		...(Array.isArray(schema.anyOf) ? (schema.anyOf as readonly Json[]) : []).map(
			(option, index): [string[], Json] => [['anyOf', String(index)], option],
		),
	];
	for (const [step, value] of inner) {
		const flaw = isObject(value) ? strictFlaw(value, [...path, ...step]) : undefined;
		if (flaw !== undefined) return flaw;
	}
	return undefined;
}

export function unsupported(param: string, instead?: string): Problem {
	const hint = instead === undefined ? '' : ` Use '${instead}' instead.`;
	return {
		kind: 'refused',
		message: `Unsupported parameter: '${param}' is not supported with this model.${hint}`,
		param,
		code: 'unsupported_parameter',
	};
}
