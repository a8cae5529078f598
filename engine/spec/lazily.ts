/**
 * A value that is made when it is first used. n8n loads every node at its start, and making all
 * schemas then would take a fifth of what the package costs there.
 */
export function lazily<T extends object>(make: () => T): T {
	let made: T | undefined;
	const get = () => (made ??= make());
	return new Proxy(Object.create(null) as T, {
		get: (_, key) => Reflect.get(get(), key),
		has: (_, key) => Reflect.has(get(), key),
		getPrototypeOf: () => Reflect.getPrototypeOf(get()),
	});
}
