/** What a path leads to; `found` is false where the item has no such field. */
export type Found = { readonly found: true; readonly value: unknown } | { readonly found: false };

const MISSING: Found = { found: false };
const STEP = /[^.[\]]+/g;

/**
 * Reads `a.b[0].c`, own fields only. A field whose very name is the path comes first: names may
 * hold dots.
 */
export function fieldAt(data: unknown, path: string): Found {
	const direct = ownField(data, path);
	if (direct.found) return direct;
	const steps = path.match(STEP) ?? [];
	if (steps.length === 0) return MISSING;
	return steps.reduce<Found>((at, step) => (at.found ? ownField(at.value, step) : MISSING), {
		found: true,
		value: data,
	});
}

function ownField(data: unknown, name: string): Found {
	if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) return MISSING;
	const value: unknown = Reflect.get(data, name);
	return value === undefined ? MISSING : { found: true, value };
}

/** Names of fields, for a message that shows what there is. */
export function fieldNames(data: unknown): string {
	if (typeof data !== 'object' || data === null) return 'none';
	const names = Object.keys(data);
	const listed = names.slice(0, MAX_NAMES).join(', ');
	return names.length > MAX_NAMES ? `${listed}, …` : listed || 'none';
}

const MAX_NAMES = 12;
