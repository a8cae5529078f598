import type { IDataObject } from 'n8n-workflow';

/**
 * Keys that no good item may carry: n8n re-runs the node on any `error`, and its Logs panel counts
 * `tokenUsage` once more in every later node.
 */
const FORBIDDEN_KEYS: readonly string[] = ['error', 'tokenUsage'];

export interface PassedThrough {
	readonly json: IDataObject;
	/** Input keys that had to go and that a run hint should name. */
	readonly droppedKeys: string[];
}

/**
 * Input fields first, then the node's own, which replace their namesakes. `optionalKeys` are the
 * node's keys that a run may leave unset: an older value under such a key would read as this run's.
 */
export function passThrough(
	input: IDataObject,
	output: IDataObject,
	optionalKeys: readonly string[],
): PassedThrough {
	const own = Object.entries(output).filter(([, value]) => value !== undefined);
	const taken = new Set([...own.map(([key]) => key), ...optionalKeys, ...FORBIDDEN_KEYS]);
	const kept = Object.entries(input).filter(([key]) => !taken.has(key));
	return {
		json: Object.fromEntries([...kept, ...own]),
		droppedKeys: FORBIDDEN_KEYS.filter((key) => Object.hasOwn(input, key)),
	};
}
