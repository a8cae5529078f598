/**
 * Orders labels in plain English. `localeCompare` would load the collation tables of all languages
 * at n8n's start.
 */
export function byName(one: string, other: string): number {
	const [first, second] = [one.toLowerCase(), other.toLowerCase()];
	return first < second ? -1 : first > second ? 1 : 0;
}
