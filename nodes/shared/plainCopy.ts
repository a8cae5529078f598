import type { IDataObject } from 'n8n-workflow';

/**
 * A copy as plain JSON, without keys that have no value. Answers may be shared with the cache, and
 * later nodes may change the items that they get.
 */
export function plainCopy(value: object): IDataObject {
	return JSON.parse(JSON.stringify(value)) as IDataObject;
}
