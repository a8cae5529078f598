import { isBlank } from './isBlank';

/** A model as a field shows it: chosen from the list earlier, kept with its name and link. */
export interface ChosenModel {
	readonly value: string;
	/** Absent where the field keeps none. */
	readonly name?: string;
	readonly url?: string;
}

/**
 * The models that the fields of a panel show as chosen from a list, by their value; where two fields
 * chose the same one, as the first shows it.
 */
export function chosenModels(parameters: unknown): ReadonlyMap<string, ChosenModel> {
	const chosen = new Map<string, ChosenModel>();
	collect(parameters, chosen);
	return chosen;
}

function collect(part: unknown, chosen: Map<string, ChosenModel>): void {
	if (typeof part !== 'object' || part === null) return;
	const { __rl: isLocator, mode, value } = part as Record<string, unknown>;
	if (isLocator !== true) {
		for (const inner of Object.values(part)) collect(inner, chosen);
		return;
	}
	if (mode !== 'list' || typeof value !== 'string' || !isModelId(value)) return;
	if (chosen.has(value)) return;
	const { cachedResultName: name, cachedResultUrl: url } = part as Record<string, unknown>;
	chosen.set(value, {
		value,
		...(typeof name === 'string' && !isBlank(name) ? { name } : {}),
		...(typeof url === 'string' && !isBlank(url) ? { url } : {}),
	});
}

/** `provider/model`; a row that only says something ends with the slash. */
function isModelId(value: string): boolean {
	return /^[^/\s]+\/\S+$/.test(value);
}
