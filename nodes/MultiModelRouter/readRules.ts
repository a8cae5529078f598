import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { factConditionsSchema, InvalidPlanError, type FactConditions } from '../../engine/index';
import { readNamed, type CandidateRow } from '../shared/candidateRows';
import { fieldReader } from '../shared/fieldReader';
import { readOptions } from '../shared/readOptions';
import { shown } from '../shared/shown';
import { FACT_COLUMNS } from './ruleFields';

/** Who answers: models by name, a tier, or the list as it stands. */
export type Target =
	| { readonly to: 'model'; readonly models: readonly CandidateRow[] }
	| { readonly to: 'fast' | 'strong' | 'models' | 'fail' };

export interface RuleRow {
	readonly label: string;
	readonly conditions: FactConditions;
	readonly target: Target;
}

export interface RulesRead {
	/** Those whose conditions over the item hold. */
	readonly rules: readonly RuleRow[];
	readonly otherwise: Target;
	readonly standIns: boolean;
}

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/**
 * Reads the rules as they are for this item.
 *
 * @throws {InvalidPlanError} naming the rule and its column
 */
export function readRules(context: Context, itemIndex: number): RulesRead {
	const field = fieldReader(context, itemIndex);
	const rows = valuesOf(field('rules'));
	if (rows.length === 0) {
		throw new InvalidPlanError(
			'Rules is empty, got no rule',
			'Add a rule under Rules, or choose another Strategy.',
		);
	}
	const read = rows.map((row, index) => readRule(context, itemIndex, row, index));
	return {
		rules: read.flatMap(({ holds, rule }) => (holds ? [rule] : [])),
		otherwise: readTarget('Otherwise', field('otherwise') ?? 'models', field('otherwiseModel'), [
			'fail',
			'fast',
			'model',
			'models',
			'strong',
		]),
		standIns: field('standIns') !== false,
	};
}

/** Every model that a rule or the rest names. */
export function namedModels({ rules, otherwise }: RulesRead): CandidateRow[] {
	return [...rules.map(({ target }) => target), otherwise].flatMap((target) =>
		target.to === 'model' ? target.models : [],
	);
}

function readRule(
	context: Context,
	itemIndex: number,
	row: Readonly<Record<string, unknown>>,
	index: number,
): { holds: boolean; rule: RuleRow } {
	const label = `Rule ${index + 1}`;
	const target = readTarget(label, row.sendTo ?? 'model', row.model, ['fast', 'model', 'strong']);
	return {
		holds: conditionsHold(context, itemIndex, index, row.conditions),
		rule: { label, target, conditions: readFacts(label, row) },
	};
}

/** n8n works the conditions out; a rule that was stored without any fits every item. */
function conditionsHold(
	context: Context,
	itemIndex: number,
	index: number,
	stored: unknown,
): boolean {
	const { conditions } = (stored ?? {}) as { readonly conditions?: unknown };
	if (!Array.isArray(conditions) || conditions.length === 0) return true;
	return (
		context.getNodeParameter(`rules.values[${index}].conditions`, itemIndex, false, {
			extractValue: true,
		}) === true
	);
}

function readFacts(label: string, row: Readonly<Record<string, unknown>>): FactConditions {
	const given = Object.fromEntries(
		FACT_COLUMNS.map(({ name }) => [name, row[name]] as const).filter(
			([, value]) =>
				// A column left as it is: any request.
				value !== undefined && value !== '' && value !== 0 && value !== '0' && !isEmptyList(value),
		),
	);
	return readOptions(label, given, FACT_COLUMNS.map(asBoolean), factConditionsSchema);
}

/** The list of any, yes and no holds true and false; as text they come from an expression. */
function asBoolean(column: INodeProperties): INodeProperties {
	return column.name === 'hasAttachment' ? { ...column, type: 'boolean' } : column;
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

function readTarget(
	label: string,
	to: unknown,
	model: unknown,
	allowed: ReadonlyArray<Target['to']>,
): Target {
	const found = allowed.find((one) => one === to);
	if (found === 'model') return { to: 'model', models: readNamed(label, model) };
	if (found !== undefined) return { to: found };
	throw new InvalidPlanError(
		`${label} must send to one of ${allowed.join(', ')}, got ${shown(to)}`,
		`Choose from the list of ${label}, or correct its expression.`,
	);
}

function valuesOf(raw: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
	const { values } = (raw ?? {}) as { readonly values?: unknown };
	return Array.isArray(values) ? values.map((row) => row ?? {}) : [];
}
