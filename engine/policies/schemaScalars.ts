import { format as formats } from '@cfworker/json-schema';
import type { JsonObject, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { preview } from './jsonPreview';
import { type WorkBudget, TooMuchWorkError, matchesRegex, spend } from './regexMatch';
import type { Rule, RuleMaker } from './schemaEvaluate';
import { wrongType } from './schemaProblems';

const { isInteger } = Number;

/** Longer texts have no format: its expressions are quick on short ones only. */
const MAX_FORMAT_CHARS = 2_000;
const STEPS_PER_FORMAT = 20;
const CHOICES_SHOWN = 8;
const STEPS_PER_VALUE = 25;
/** Values compared inside each other; more would use up the stack. */
const MAX_DEPTH = 200;

/** `type`, `enum` and `const`, and the keywords about numbers and texts. */
export function scalarRules(maker: RuleMaker, schema: JsonObject): (Rule | undefined)[] {
	const { type, enum: choices, const: only } = schema;
	return [
		typeof type === 'string' ? typeRule([type]) : undefined,
		isList(type) ? typeRule(type.map(String)) : undefined,
		isList(choices) ? choiceRule(maker.work, choices) : undefined,
		only === undefined ? undefined : onlyRule(maker.work, only),
		NUMBER_KEYWORDS.some((keyword) => schema[keyword] !== undefined)
			? numberRule(schema)
			: undefined,
		TEXT_KEYWORDS.some((keyword) => schema[keyword] !== undefined)
			? textRule(maker, schema)
			: undefined,
	];
}

function typeRule(types: readonly string[]): Rule {
	const [only = '', ...others] = types;
	if (others.length === 0) {
		return (value, place) => (isOfType(value, only) ? undefined : wrongType(types, value, place));
	}
	return (value, place) =>
		types.some((type) => isOfType(value, type)) ? undefined : wrongType(types, value, place);
}

function choiceRule(work: WorkBudget, choices: readonly JsonValue[]): Rule {
	const simple = new Set(choices.filter(isSimple));
	const others = choices.filter((choice) => !isSimple(choice));
	return (value, place) => {
		if (isSimple(value) ? simple.has(value) : others.some((one) => isSame(one, value, work))) {
			return undefined;
		}
		const say = () => `expected one of ${choiceList(choices)}, got ${preview(value)}`;
		return { place, say, isChoice: true };
	};
}

function onlyRule(work: WorkBudget, only: JsonValue): Rule {
	return (value, place) => {
		if (isSame(only, value, work)) return undefined;
		const say = () => `expected ${preview(only)}, got ${preview(value)}`;
		return { place, say, isChoice: true };
	};
}

function choiceList(choices: readonly JsonValue[]): string {
	const shown = new Set(choices.slice(0, CHOICES_SHOWN).map(preview));
	return [...shown].join(', ') + (choices.length > CHOICES_SHOWN ? ', …' : '');
}

function isOfType(value: JsonValue, type: string): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return isList(value);
		case 'object':
			return isObject(value);
		case 'integer':
			return isInteger(value);
		default:
			return typeof value === type;
	}
}

const NUMBER_KEYWORDS = [
	'minimum',
	'maximum',
	'exclusiveMinimum',
	'exclusiveMaximum',
	'multipleOf',
];
const TEXT_KEYWORDS = ['minLength', 'maxLength', 'pattern', 'format'];

function numberRule(schema: JsonObject): Rule {
	return (value, place) => {
		if (typeof value !== 'number') return undefined;
		const message = numberMessage(schema, value);
		return message === undefined ? undefined : { place, say: () => `${message}, got ${value}` };
	};
}

function textRule(maker: RuleMaker, schema: JsonObject): Rule {
	return (value, place) => {
		if (typeof value !== 'string') return undefined;
		const message = textMessage(maker, schema, value);
		if (message === undefined) return undefined;
		return { place, say: () => `${message}, got ${preview(value)}` };
	};
}

function numberMessage(schema: JsonObject, value: number): string | undefined {
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
	// In draft 4 these two are flags on `minimum` and `maximum`.
	const above = exclusiveMinimum === true ? minimum : exclusiveMinimum;
	const below = exclusiveMaximum === true ? maximum : exclusiveMaximum;
	if (typeof above === 'number' && value <= above) return `expected more than ${above}`;
	if (typeof below === 'number' && value >= below) return `expected less than ${below}`;
	if (typeof minimum === 'number' && value < minimum) return `expected at least ${minimum}`;
	if (typeof maximum === 'number' && value > maximum) return `expected at most ${maximum}`;
	if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf)) {
		return `expected a multiple of ${multipleOf}`;
	}
	return undefined;
}

function textMessage(
	{ document, work }: RuleMaker,
	schema: JsonObject,
	value: string,
): string | undefined {
	const { minLength, maxLength, pattern, format } = schema;
	if (minLength !== undefined || maxLength !== undefined) {
		spend(work, value.length / 10);
		const length = codePoints(value);
		if (typeof minLength === 'number' && length < minLength) {
			return `expected at least ${minLength} characters (it has ${length})`;
		}
		if (typeof maxLength === 'number' && length > maxLength) {
			return `expected at most ${maxLength} characters (it has ${length})`;
		}
	}
	if (typeof pattern === 'string' && !matchesRegex(document.pattern(pattern), value, work)) {
		return `expected a text that matches ${pattern}`;
	}
	if (typeof format !== 'string' || !Object.hasOwn(formats, format)) return undefined;
	spend(work, STEPS_PER_FORMAT + value.length ** 2 / 100);
	return hasFormat(value, format) ? undefined : `expected the format "${format}"`;
}

/** Only for a format that is known: another says nothing, as the specification wants it. */
function hasFormat(value: string, format: string): boolean {
	if (value.length > MAX_FORMAT_CHARS) return false;
	// The library's expression for `url`, no format of the specification, can take forever.
	if (format === 'url') return URL.canParse(value);
	if (format === 'regex') return isRegex(value);
	return formats[format]?.(value) ?? true;
}

function isRegex(value: string): boolean {
	try {
		new RegExp(value, 'u');
		return true;
	} catch {
		return false;
	}
}

function codePoints(text: string): number {
	let pairs = 0;
	for (let index = 0; index < text.length - 1; index++) {
		if ((text.charCodeAt(index) & 0xfc00) !== 0xd800) continue;
		if ((text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) pairs++;
	}
	return text.length - pairs;
}

/** As people count: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, divisor: number): boolean {
	const ratio = value / divisor;
	if (!Number.isFinite(ratio)) return value % divisor === 0;
	return Math.abs(ratio - Math.round(ratio)) <= Math.abs(ratio) * Number.EPSILON;
}

/** A value without values inside. */
export function isSimple(value: JsonValue): boolean {
	return typeof value !== 'object' || value === null;
}

/** Whether two values are equal, the order of names in objects apart. */
export function isSame(one: JsonValue, other: JsonValue, budget: WorkBudget): boolean {
	if (isSimple(one) || isSimple(other)) return one === other;
	return canonical(one, budget) === canonical(other, budget);
}

/** A text that two values share exactly when they are equal. */
export function canonical(value: JsonValue, budget: WorkBudget, depth = 0): string {
	spend(budget, STEPS_PER_VALUE);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (depth > MAX_DEPTH) throw new TooMuchWorkError();
	if (isList(value)) {
		return `[${value.map((item: JsonValue) => canonical(item, budget, depth + 1)).join(',')}]`;
	}
	const members = Object.entries(value).map(
		([key, item]) => `${JSON.stringify(key)}:${canonical(item, budget, depth + 1)}`,
	);
	return `{${members.sort().join(',')}}`;
}
