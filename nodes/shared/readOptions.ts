import type { INodeProperties } from 'n8n-workflow';
import { InvalidPlanError } from '../../engine/index';
import { shown } from './shown';

/** What is read of a schema's complaint. */
interface Issue {
	readonly code?: string;
	readonly path: readonly PropertyKey[];
	readonly expected?: string;
	readonly minimum?: number | bigint;
	readonly maximum?: number | bigint;
	readonly inclusive?: boolean;
	readonly values?: readonly unknown[];
	readonly keys?: readonly string[];
}

/** A schema of the engine, as far as it is used here. */
export interface OptionsSchema<T> {
	readonly safeParse: (
		value: unknown,
	) =>
		| { readonly success: true; readonly data: T }
		| { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

/**
 * Parses a collection of the node by a schema of the engine; what was left out takes its default.
 *
 * @throws {InvalidPlanError} naming the option by its label, the value got and the way out
 */
export function readOptions<T>(
	group: string | undefined,
	raw: unknown,
	options: readonly INodeProperties[],
	schema: OptionsSchema<T>,
): T {
	const given = typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
	const values = Object.fromEntries(
		given.map(([name, value]) => [name, fromExpression(value, optionOf(options, name))]),
	);
	// A schema would read an expression that gave nothing as an option left out.
	const empty = Object.keys(values).find((name) => values[name] === undefined);
	if (empty !== undefined) {
		throw invalidOption(group, optionOf(options, empty), empty, 'must have a value', undefined);
	}
	// An option that the engine knows and this node does not offer would have no effect.
	const hidden = Object.keys(values).find((name) => optionOf(options, name) === undefined);
	if (hidden !== undefined) {
		throw invalidOption(group, undefined, hidden, 'is not an option of this node', values[hidden]);
	}
	const parsed = schema.safeParse(values);
	if (parsed.success) return parsed.data;

	const issue = parsed.error.issues[0];
	const name = String(issue?.path[0] ?? issue?.keys?.[0] ?? '');
	const rule = issue === undefined ? 'is not valid' : ruleOf(issue);
	throw invalidOption(group, optionOf(options, name), name, rule, values[name]);
}

function optionOf(options: readonly INodeProperties[], name: string): INodeProperties | undefined {
	return options.find((option) => option.name === name);
}

/** Expressions often give text: a number as text is taken as the number, a list as its parts. */
export function fromExpression(value: unknown, option: INodeProperties | undefined): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	switch (option?.type) {
		case 'number':
			return text !== '' && Number.isFinite(Number(text)) ? Number(text) : value;
		case 'boolean':
			return text === 'true' ? true : text === 'false' ? false : value;
		case 'multiOptions':
			return text === '' ? [] : text.split(',').map((part) => part.trim());
		default:
			return value;
	}
}

function ruleOf(issue: Issue): string {
	switch (issue.code) {
		case 'too_small':
			return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
		case 'too_big':
			return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
		case 'invalid_value':
			return `must be one of ${(issue.values ?? []).join(', ')}`;
		case 'unrecognized_keys':
			return 'is not an option of this node';
		case 'invalid_type':
			return `must be ${TYPE_NAMES[issue.expected ?? ''] ?? `of the type ${issue.expected}`}`;
		default:
			return 'is not valid';
	}
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
	int: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	string: 'text',
};

/**
 * The one form in which a wrong setting is refused.
 *
 * @param group the collection that holds it; absent for a field of the node itself
 */
export function invalidOption(
	group: string | undefined,
	option: INodeProperties | undefined,
	name: string,
	rule: string,
	got: unknown,
): InvalidPlanError {
	const label = option?.displayName ?? name;
	const problem = `${label} ${rule}, got ${shown(got)}`;
	if (group === undefined) return new InvalidPlanError(problem, `Change ${label}.`);
	const wayOut =
		option === undefined
			? `Remove "${name}" from ${group}.`
			: `Change ${label} under ${group}, or remove it there to use the default.`;
	return new InvalidPlanError(`${group}: ${problem}`, wayOut);
}
