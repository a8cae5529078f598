import type { JsonObject, JsonSchema, JsonValue } from '../spec/json';
import { isList, isObject } from './jsonKind';
import { type RegexProgram, compileRegex } from './regexProgram';
import { type Draft, HOLDS_LIST, HOLDS_MAP, HOLDS_SCHEMA, draftOf } from './schemaKeywords';
import { type Place, inside } from './schemaPlace';

/** One schema of a document: the document itself, or one inside it. */
export interface SchemaNode {
	readonly schema: JsonObject;
	/** Where it stands in the document. */
	readonly place: Place | undefined;
	/** The absolute URI that its references start from. */
	readonly base: string;
}

/** A schema document with everything that is found out once: its parts, references and patterns. */
export interface SchemaDocument {
	readonly draft: Draft;
	readonly nodes: ReadonlyMap<JsonObject, SchemaNode>;
	/** Some of it was not read: there are more schemas than {@link MAX_SCHEMAS}, or deeper ones. */
	readonly isPartial: () => boolean;
	/** `unevaluatedProperties` or `unevaluatedItems` is used. */
	readonly tracksEvaluated: boolean;
	/** What a reference means, or `undefined` when it leads nowhere in this document. */
	resolve(reference: string, from: JsonObject): JsonValue | undefined;
	pattern(source: string): RegexProgram;
}

/** More schemas than any honest document has. */
export const MAX_SCHEMAS = 3_000;
/** Deeper schemas are refused. */
export const MAX_SCHEMA_DEPTH = 100;

const ROOT = 'schema:///';

/** Reads a schema document; works for any JSON, sound or not. Stops at {@link MAX_SCHEMAS}. */
export function readSchemaDocument(root: JsonSchema): SchemaDocument {
	const draft = draftOf(root.$schema) ?? 2020;
	const nodes = new Map<JsonObject, SchemaNode>();
	const resources = new Map<string, JsonObject>([[ROOT, root]]);
	const anchors = new Map<string, JsonObject>();
	const patterns = new Map<string, RegexProgram>();
	const targets = new WeakMap<JsonObject, Map<string, JsonValue | undefined>>();
	let partial = false;
	index(root, undefined, ROOT);
	const all = [...nodes.values()];
	return {
		draft,
		nodes,
		isPartial: () => partial,
		tracksEvaluated: all.some(
			({ schema }) =>
				schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined,
		),
		resolve,
		pattern(source) {
			const known = patterns.get(source);
			if (known !== undefined) return known;
			const program = compileRegex(source);
			patterns.set(source, program);
			return program;
		},
	};

	function index(start: JsonValue, startPlace: Place | undefined, startBase: string): void {
		const waiting = [{ schema: start, place: startPlace, base: startBase, depth: 0 }];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const { schema, place, depth } = next;
			if (!isObject(schema) || nodes.has(schema)) continue;
			const base = baseOf(schema, next.base);
			nodes.set(schema, { schema, place, base });
			for (const child of childSchemas(schema, place)) {
				if (nodes.size + waiting.length >= MAX_SCHEMAS || depth >= MAX_SCHEMA_DEPTH) {
					partial = true;
					return;
				}
				waiting.push({ ...child, base, depth: depth + 1 });
			}
		}
	}

	/** Notes the names that a schema gives itself. */
	function baseOf(schema: JsonObject, parentBase: string): string {
		if (draft <= 7 && schema.$ref !== undefined) return parentBase;
		const id = schema.$id ?? (draft === 4 ? schema.id : undefined);
		let base = parentBase;
		if (typeof id === 'string') {
			const uri = resolveUri(id, parentBase);
			const [document = '', fragment = ''] = uri.split('#', 2);
			if (fragment === '') {
				base = document;
				resources.set(document, schema);
			} else anchors.set(uri, schema);
		}
		for (const anchor of [schema.$anchor, schema.$dynamicAnchor]) {
			if (typeof anchor === 'string') anchors.set(`${base}#${anchor}`, schema);
		}
		return base;
	}

	function resolve(reference: string, from: JsonObject): JsonValue | undefined {
		const known = targets.get(from) ?? new Map<string, JsonValue | undefined>();
		targets.set(from, known);
		if (!known.has(reference)) known.set(reference, find(reference, from));
		return known.get(reference);
	}

	function find(reference: string, from: JsonObject): JsonValue | undefined {
		const uri = resolveUri(reference, nodes.get(from)?.base ?? ROOT);
		const [document = '', fragment = ''] = uri.split('#', 2);
		const resource = resources.get(document);
		if (fragment === '') return resource;
		if (!fragment.startsWith('/')) return anchors.get(uri);
		const target = resource === undefined ? undefined : atPointer(resource, fragment);
		// A pointer may lead to a place that no keyword of ours names, such as "components".
		if (target !== undefined) index(target, inside(undefined, `#${fragment}`), document);
		return target;
	}
}

/** The schemas directly inside a schema. */
function* childSchemas(
	schema: JsonObject,
	place: Place | undefined,
): Generator<{ readonly schema: JsonValue; readonly place: Place }> {
	for (const [keyword, value] of Object.entries(schema)) {
		const at = inside(place, keyword);
		if (isList(value)) {
			if (!HOLDS_LIST.has(keyword)) continue;
			for (const [index, item] of value.entries()) yield { schema: item, place: inside(at, index) };
		} else if (HOLDS_SCHEMA.has(keyword)) yield { schema: value, place: at };
		else if (HOLDS_MAP.has(keyword) && isObject(value)) {
			for (const name of Object.keys(value)) {
				yield { schema: value[name] as JsonValue, place: inside(at, name) };
			}
		}
	}
}

function resolveUri(reference: string, base: string): string {
	try {
		return new URL(reference, base).href;
	} catch {
		return reference;
	}
}

/** RFC 6901, as the fragment of a URI. */
function atPointer(root: JsonValue, pointer: string): JsonValue | undefined {
	let value: JsonValue | undefined = root;
	for (const part of pointer.slice(1).split('/')) {
		const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
		if (isList(value)) value = /^\d+$/.test(key) ? value[Number(key)] : undefined;
		else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
		else return undefined;
	}
	return isObject(value) || typeof value === 'boolean' ? value : undefined;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
