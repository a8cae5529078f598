/**
 * Reads what the package `flatted` wrote: n8n stores an execution that way. A list of values; in
 * an object or a list, every text is the place of its value in that list, which allows cycles.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as readonly unknown[];
	const made = new Map<number, unknown>();

	const resolve = (value: unknown): unknown =>
		typeof value === 'string' ? at(Number(value)) : value;

	const at = (place: number): unknown => {
		if (made.has(place)) return made.get(place);
		const value = values[place];
		if (typeof value !== 'object' || value === null) return value;
		const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		made.set(place, copy);
		for (const [key, reference] of Object.entries(value)) {
			Object.assign(copy, { [key]: resolve(reference) });
		}
		return copy;
	};

	return at(0);
}
