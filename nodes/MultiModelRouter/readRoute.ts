import type { IExecuteFunctions } from 'n8n-workflow';
import {
	autoRoute,
	cascadeRoute,
	cascadeSchema,
	consensusRoute,
	consensusSchema,
	InvalidPlanError,
	patternProblem,
	qualitySchema,
	type Candidate,
	type CascadeOptions,
	type Plan,
	type Route,
	type RouterStrategy,
} from '../../engine/index';
import { readNamed, type CandidateRow } from '../shared/candidateRows';
import { fieldReader } from '../shared/fieldReader';
import { fromExpression, invalidOption, readOptions } from '../shared/readOptions';
import { shown } from '../shared/shown';
import { namedModels, readRules, type RulesRead, type Target } from './readRules';
import { CASCADE_OPTIONS, CONSENSUS_OPTIONS, QUALITY } from './strategyFields';
import { tiersOf } from './tiersOf';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** The fields of one strategy, read before the models are. */
export interface StrategyDraft {
	/** Models that the strategy names outside the list. */
	readonly named: readonly CandidateRow[];
	/**
	 * The route, once it is known who can be asked.
	 *
	 * @param plan asks the models of the list in their order
	 * @param extras the named models that are not in the list
	 */
	readonly route: (plan: Plan, extras: readonly Candidate[]) => Route;
}

/** @throws {InvalidPlanError} naming the field, the value got and the way out */
export function readStrategyFields(
	context: Context,
	itemIndex: number,
	strategy: RouterStrategy,
): StrategyDraft {
	const field = fieldReader(context, itemIndex);
	switch (strategy) {
		case 'auto': {
			const quality = readQuality(field('quality'));
			return { named: [], route: (plan) => autoRoute(plan, tiersOf(plan.candidates), quality) };
		}
		case 'cascade':
			return readCascade(field);
		case 'consensus': {
			const options = readOptions(
				'Agreement',
				field('consensus'),
				CONSENSUS_OPTIONS,
				consensusSchema,
			);
			return {
				named: [],
				route: (plan) => consensusRoute(plan, tiersOf(plan.candidates), options),
			};
		}
		case 'rules': {
			const read = readRules(context, itemIndex);
			return { named: namedModels(read), route: (plan, extras) => rulesRoute(read, plan, extras) };
		}
		case 'weighted': {
			const key = String(field('stickyKey') ?? '').trim();
			const sticky = key === '' ? {} : { stickyKey: key };
			return {
				named: [],
				route: (plan) => ({ kind: 'models', plan: { ...plan, strategy, ...sticky } }),
			};
		}
		default:
			return { named: [], route: (plan) => ({ kind: 'models', plan: { ...plan, strategy } }) };
	}
}

function readQuality(raw: unknown): number {
	const value = fromExpression(raw, QUALITY);
	const parsed = qualitySchema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw invalidOption(undefined, QUALITY, 'quality', 'must be a number from 0 to 1', value);
}

function readCascade(field: (name: string) => unknown): StrategyDraft {
	const options = readCascadeOptions(field('cascade'), field('outputFormat') === 'json');
	const { verifierModel, passDraft, ...acceptance } = options;
	const named = verifierModel === undefined ? [] : readNamed('Verifier Model', verifierModel);
	return {
		named,
		route: (plan, extras) => {
			const verifier = named[0] && candidateOf(named[0], plan, extras);
			if (named[0] !== undefined && verifier === undefined) {
				throw new InvalidPlanError(
					`Verifier Model cannot be asked, got ${shown(verifierModel)}`,
					'Select a credential for its vendor, or remove Verifier Model under Accept When.',
				);
			}
			const parts = { acceptance, passDraft, ...(verifier === undefined ? {} : { verifier }) };
			return cascadeRoute(plan, tiersOf(plan.candidates), parts);
		},
	};
}

function readCascadeOptions(raw: unknown, isJson: boolean): CascadeOptions {
	const given = { ...(typeof raw === 'object' && raw !== null ? raw : {}) } as Record<
		string,
		unknown
	>;
	// A field that was added and left empty asks for nothing.
	for (const name of ['mustMatch', 'verifierModel']) if (given[name] === '') delete given[name];
	if (given.mustContain !== undefined) {
		const texts = [given.mustContain].flat().filter((text) => text !== '');
		given.mustContain = texts.length === 0 ? undefined : texts;
		if (texts.length === 0) delete given.mustContain;
	}
	const options = readOptions('Accept When', given, CASCADE_OPTIONS, cascadeSchema);
	const refuse = (name: keyof CascadeOptions, rule: string) => {
		const option = CASCADE_OPTIONS.find((one) => one.name === name);
		return invalidOption('Accept When', option, name, rule, options[name]);
	};
	const problem = options.mustMatch === undefined ? undefined : patternProblem(options.mustMatch);
	if (problem !== undefined) throw refuse('mustMatch', `cannot be used (${problem})`);
	if (isJson && options.minConfidence !== undefined) {
		throw refuse('minConfidence', 'works with the Output Format Text only');
	}
	return options;
}

function rulesRoute(read: RulesRead, plan: Plan, extras: readonly Candidate[]): Route {
	const planOf = (label: string, target: Target): Plan => {
		const chosen = chosenBy(label, target, plan, extras, read.standIns);
		const others = plan.candidates.filter((one) => !chosen.includes(one));
		return { ...plan, candidates: read.standIns ? [...chosen, ...others] : chosen };
	};
	const { otherwise } = read;
	return {
		kind: 'rules',
		rules: read.rules.map(({ label, conditions, target }) => ({
			label,
			conditions,
			plan: planOf(label, target),
		})),
		...(otherwise.to === 'fail' ? {} : { otherwise: planOf('Otherwise', otherwise) }),
	};
}

function chosenBy(
	label: string,
	target: Target,
	plan: Plan,
	extras: readonly Candidate[],
	standIns: boolean,
): readonly Candidate[] {
	switch (target.to) {
		case 'fast':
		case 'strong':
			return tiersOf(plan.candidates)[target.to];
		case 'model': {
			const found = target.models.flatMap((row) => candidateOf(row, plan, extras) ?? []);
			// The reason why nobody of the rule can be asked stands in the plan's skips.
			if (found.length > 0 || standIns) return found;
			const ids = target.models.map(({ id }) => id).join(', ');
			throw new InvalidPlanError(
				`${label} sends to ${ids}, which cannot be asked: it has no credential or is not connected`,
				`Select its credential, or choose another model in ${label}.`,
			);
		}
		default:
			return plan.candidates;
	}
}

function candidateOf(
	{ id }: CandidateRow,
	plan: Plan,
	extras: readonly Candidate[],
): Candidate | undefined {
	return [...plan.candidates, ...extras].find((candidate) => candidate.id === id);
}
