import type { JsonValue } from '../../spec/json';
import { listIn, listItems } from '../locate/listItems';
import type { Extract } from '../reading';
import { canonicalJson } from '../text/literalKey';
import { documentIn, documentKey } from './jsonValue';

/** A list, whether it is JSON, bullets, a line with commas or lines. */
export const list: Extract = (answer, normalization) => {
	const items = itemsIn(answer);
	if (items === undefined) return undefined;
	const written = canonicalJson(items);
	return { answer: items, written, key: documentKey(written, normalization) };
};

function itemsIn(answer: Parameters<Extract>[0]): readonly JsonValue[] | undefined {
	const looksLikeJson = answer.data !== undefined || /[[{]/.test(answer.text);
	const found = looksLikeJson ? listIn(documentIn(answer)) : undefined;
	if (found !== undefined) return found;
	const text = answer.marked?.text ?? answer.text;
	return text.trim() === '' ? undefined : listItems(text);
}
