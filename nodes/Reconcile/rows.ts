/** The rows of a fixed collection. */
export function rowsOf(collection: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
	if (typeof collection !== 'object' || collection === null) return [];
	const { values } = collection as { readonly values?: unknown };
	return Array.isArray(values) ? (values as ReadonlyArray<Record<string, unknown>>) : [];
}

/** Whether a field holds anything. */
export function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}
