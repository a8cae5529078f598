import type { Vendor } from '../ask';
import { anthropicShelf } from './anthropicModels';
import { compatibleShelf, localShelf } from './compatibleModels';
import { googleShelf } from './googleModels';
import type { Shelf } from './model';
import { openaiShelf } from './openaiModels';

export const SHELVES: Readonly<Record<Vendor, Shelf>> = {
	openai: openaiShelf,
	anthropic: anthropicShelf,
	google: googleShelf,
	compatible: compatibleShelf,
	local: localShelf,
};

/** Which vendor's path serves a model, by any of its names. */
export function vendorOfModel(modelId: string): Vendor | undefined {
	return Object.values(SHELVES).find(({ find }) => find(modelId) !== undefined)?.vendor;
}
