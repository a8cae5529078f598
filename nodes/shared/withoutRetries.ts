/** A LangChain model as far as its retries go. */
interface Retrying {
	readonly caller?: { readonly maxRetries?: unknown };
	readonly maxRetries?: unknown;
}

/** n8n's adapter around models of community nodes calls them exactly once. */
const SINGLE_CALL_TYPE = 'n8n-chat-model';

export interface WithoutRetries {
	readonly model: object;
	/** Present when retries may remain that nobody here can see. */
	readonly warning?: string;
}

/**
 * A copy of a LangChain model that makes one request a call, so that retries, fallback and the
 * trail are ours alone. The model itself stays as it is: other nodes may use it too.
 */
export function withoutRetries(model: object): WithoutRetries {
	const { copy, found } = single(model, 0);
	if (found) return { model: copy };
	const type: unknown = Reflect.get(model, '_llmType');
	if (typeof type === 'function' && type.call(model) === SINGLE_CALL_TYPE) return { model };
	return {
		model,
		warning:
			'its own retries cannot be switched off, so the attempts listed for it are calls, each of which may be several requests',
	};
}

/** How deep a model keeps the models that do its work (ChatOpenAI: one for each of two APIs). */
const MAX_DEPTH = 1;

function single(model: object, depth: number): { copy: object; found: boolean } {
	const { caller, maxRetries }: Retrying = model;
	const changes: Record<string, unknown> = {};
	if (isObject(caller) && typeof caller.maxRetries === 'number') {
		changes.caller = copyWith(caller, { maxRetries: 0 });
	}
	if (typeof maxRetries === 'number') changes.maxRetries = 0;
	let found = Object.keys(changes).length > 0;
	if (depth < MAX_DEPTH) {
		for (const [name, value] of Object.entries(model)) {
			if (!isObject(value) || typeof Reflect.get(value, 'invoke') !== 'function') continue;
			const inner = single(value, depth + 1);
			if (!inner.found) continue;
			changes[name] = inner.copy;
			found = true;
		}
	}
	return { copy: found ? copyWith(model, changes) : model, found };
}

function copyWith(original: object, changes: Record<string, unknown>): object {
	const copy = Object.create(
		Object.getPrototypeOf(original) as object | null,
		Object.getOwnPropertyDescriptors(original),
	) as object;
	return Object.assign(copy, changes);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
