import { promptText } from '../../ask';
import type { ChatEndpoint } from '../../dialect';
import { objectAt } from '../../json';
import { responsesSchema } from '../../schemas/responses';
import { violationFinder } from '../../validation/violation';
import { responseObject } from './responseObject';
import { responseStream } from './responseStream';
import { readResponses } from './responsesReading';
import { effortRule, jsonWordRule, limitRule, samplingRule, strictSchemaRule } from './rules';

const findViolation = violationFinder(responsesSchema);

export const responses: ChatEndpoint = {
	check: (body, model) => {
		const violation = findViolation(body);
		if (violation !== undefined) return { kind: 'violation', violation };
		const isEmpty =
			body.input === undefined || (Array.isArray(body.input) && body.input.length === 0);
		if (isEmpty && body.previous_response_id === undefined) {
			return {
				kind: 'refused',
				message: "Missing required parameter: 'input'.",
				param: 'input',
				code: 'missing_required_parameter',
			};
		}
		if (model === undefined) return undefined;
		const format = objectAt(objectAt(body, 'text'), 'format');
		if (format?.type === 'json_schema' && !model.nativeSchema) {
			return {
				kind: 'refused',
				message:
					"Invalid parameter: 'text.format' of type 'json_schema' is not supported with this model.",
				param: 'text.format',
			};
		}
		const effort = objectAt(body, 'reasoning')?.effort;
		return (
			effortRule('reasoning.effort', effort, model) ??
			samplingRule(body, model, effort) ??
			limitRule('max_output_tokens', body.max_output_tokens, model) ??
			jsonWordRule(format, promptText(readResponses(body)), 'text.format') ??
			(format?.strict === true
				? strictSchemaRule(format.schema, format.name, 'text.format.schema')
				: undefined)
		);
	},
	read: readResponses,
	whole: (answer, _ask, context) => responseObject(answer, context),
	stream: (answer, _ask, context) => responseStream(answer, context),
};
