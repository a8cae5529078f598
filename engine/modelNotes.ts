import { catalogIds, findModel } from './catalog/index';
import { nearestId } from './policies/nearestId';
import { PROVIDER_IDS } from './spec/provider';

/** What the catalogue says against some of the models that a builder listed. */
export interface ModelNotes {
	/** IDs that their vendor has announced to switch off, or has. */
	readonly deprecated: readonly string[];
	/** IDs that the catalogue does not hold, although it knows the vendor. */
	readonly unknown: readonly UnknownModel[];
}

export interface UnknownModel {
	readonly id: string;
	/** The known ID that was probably meant; absent when none is near. */
	readonly meant?: string;
}

/** Models that an account trained itself stand in no catalogue. */
const OWN_MODEL = /^(?:ft:|tunedModels\/)/;

/** Looks up candidate IDs, each once; models of vendors without a catalogue are taken as they are. */
export function modelNotes(candidateIds: Iterable<string>): ModelNotes {
	const deprecated: string[] = [];
	const unknown: UnknownModel[] = [];
	for (const id of new Set(candidateIds)) {
		const facts = findModel(id);
		if (facts?.status === 'deprecated') deprecated.push(id);
		if (facts === undefined && shouldBeKnown(id)) {
			const meant = meantModel(id);
			unknown.push({ id, ...(meant === undefined ? {} : { meant }) });
		}
	}
	return { deprecated, unknown };
}

/** The known model that was probably meant by an unknown ID: mistyped, or of another vendor. */
export function meantModel(candidateId: string): string | undefined {
	if (findModel(candidateId) !== undefined) return undefined;
	const [provider, modelId] = parts(candidateId);
	const elsewhere = PROVIDER_IDS.map((other) => `${other}/${modelId}`);
	return (
		nearestId(candidateId, catalogIds(provider)) ??
		elsewhere.find((id) => findModel(id) !== undefined)
	);
}

function shouldBeKnown(candidateId: string): boolean {
	const [provider, modelId] = parts(candidateId);
	return catalogIds(provider).length > 0 && !OWN_MODEL.test(modelId);
}

function parts(candidateId: string): readonly [provider: string, modelId: string] {
	const slash = candidateId.indexOf('/');
	return [candidateId.slice(0, slash), candidateId.slice(slash + 1)];
}
