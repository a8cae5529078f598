import { modelNotes, type Candidate, type UnknownModel } from '../../engine/index';

const MAX_NAMED = 5;

/** IDs of the models that are reached with a credential of ours. */
export function vendorModelIds(candidates: readonly Candidate[]): string[] {
	return candidates.filter(({ kind }) => kind === 'vendor').map(({ id }) => id);
}

/**
 * One sentence on deprecated models and one on those that the catalogue does not know, each for all
 * models of a run.
 *
 * @param answered IDs of models that have answered: they are no slip of the pen
 */
export function modelWarnings(ids: Iterable<string>, answered: ReadonlySet<string>): string[] {
	const { deprecated, unknown } = modelNotes(ids);
	const doubtful = unknown.filter(({ id }) => !answered.has(id));
	return [
		...(deprecated.length === 0
			? []
			: [
					`Deprecated by the vendor, so ${deprecated.length === 1 ? 'it' : 'they'} may stop answering: ${list(deprecated)}. Choose current models from the list.`,
				]),
		...(doubtful.length === 0
			? []
			: [
					`Not in the catalogue of models, so check the spelling: ${list(doubtful.map(withMeant))}.`,
				]),
	];
}

function withMeant({ id, meant }: UnknownModel): string {
	return meant === undefined ? id : `${id} (did you mean ${meant}?)`;
}

function list(names: readonly string[]): string {
	const left = names.length - MAX_NAMED;
	const named = names.slice(0, MAX_NAMED).join(', ');
	return left > 0 ? `${named} and ${left} more` : named;
}
