/** Where in a document something stands; `undefined` is the top. */
export interface Place {
	readonly parent: Place | undefined;
	readonly key: string | number;
	/** 1 directly below the top. */
	readonly depth: number;
}

export function inside(parent: Place | undefined, key: string | number): Place {
	return { parent, key, depth: (parent?.depth ?? 0) + 1 };
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/** `items[0].price`, or "the top level". */
export function placeName(place: Place | undefined): string {
	if (place === undefined) return 'the top level';
	const keys: (string | number)[] = [];
	for (let at: Place | undefined = place; at !== undefined; at = at.parent) keys.unshift(at.key);
	const name = keys
		.map((key) => {
			if (typeof key === 'number') return `[${key}]`;
			return PLAIN_NAME.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 60))}]`;
		})
		.join('');
	return name.replace(/^\./, '');
}
