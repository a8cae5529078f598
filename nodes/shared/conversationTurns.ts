import type { ChatRole, InvalidPlanError } from '../../engine/index';
import { shown } from './shown';

/** One entry of a conversation, as any of the known forms puts it. */
export interface Turn {
	/** `tool`: a call of a tool or its result, which has no place in a request without tools. */
	readonly role: ChatRole | 'tool';
	/** May be empty. */
	readonly content: string;
	/** Parts that stand for calls of tools. */
	readonly toolParts: number;
	/** Of the entry that it stands in, from 1. */
	readonly position: number;
}

/** Says what is wrong with an entry, for the field that holds the conversation. */
type Refuse = (problem: string) => InvalidPlanError;

/** What LangChain, n8n's memory and the vendors call the three roles. */
const ROLES: Readonly<Record<string, Turn['role']>> = {
	system: 'system',
	developer: 'system',
	user: 'user',
	human: 'user',
	assistant: 'assistant',
	ai: 'assistant',
	bot: 'assistant',
	model: 'assistant',
	tool: 'tool',
	function: 'tool',
};

/** Parts of a content that are text. */
const TEXT_PARTS: ReadonlySet<unknown> = new Set([undefined, 'text', 'input_text', 'output_text']);
/** Parts in which an earlier answer was thought out, not given. */
const THOUGHT_PARTS: ReadonlySet<unknown> = new Set(['reasoning', 'thinking', 'redacted_thinking']);
const ABOUT_TOOLS = /tool|function/;

/**
 * The turns of one entry: `{ role, content }`, a pair `{ human, ai }` of n8n's Chat Memory Manager,
 * or a message as LangChain keeps it.
 *
 * @throws {InvalidPlanError} naming the entry
 */
export function turnsOf(entry: unknown, position: number, refuse: Refuse): Turn[] {
	const wrong: Refuse = (problem) => refuse(`entry ${position}${problem}`);
	if (!isRecord(entry)) throw wrong(` must be an object, got ${shown(entry)}`);

	const message = langChainMessage(entry);
	const fields = message ?? entry;
	const isPair = message === undefined && !('role' in entry) && !('type' in entry);
	const pairs = isPair ? pairsOf(entry) : undefined;
	if (pairs !== undefined) {
		return pairs.map(([word, content]) => ({
			role: roleOf(word, wrong),
			...textOf(content, wrong),
			position,
		}));
	}
	const role = roleOf(fields.role, wrong);
	const { content = fields.parts, role: _, parts: __, type: ___, ...others } = fields;
	const unknownKey = Object.keys(others).find((key) => !isNothing(others[key]));
	// LangChain keeps facts about the call beside the message.
	if (message === undefined && role !== 'tool' && unknownKey !== undefined) {
		throw wrong(`: the key ${shown(unknownKey)} is not known`);
	}
	return [{ role, ...textOf(role === 'tool' ? '' : content, wrong), position }];
}

/** `{ type: 'human', data: { content } }` or the form in which LangChain writes its objects. */
function langChainMessage(entry: Record<string, unknown>): Record<string, unknown> | undefined {
	const { type, data, id, kwargs, message } = entry;
	if (type === 'constructor' && isRecord(kwargs) && Array.isArray(id)) {
		const [, kind = ''] = /^(\w+?)(?:Message)?(?:Chunk)?$/.exec(String(id.at(-1))) ?? [];
		return { ...kwargs, role: kwargs.role ?? kind };
	}
	if (typeof type !== 'string' || 'role' in entry) return undefined;
	if (isRecord(data)) return { ...data, role: data.role ?? type };
	return { ...entry, role: type, content: entry.content ?? message };
}

/** The keys of a pair with their texts, in their order; `undefined` when it is none. */
function pairsOf(entry: Record<string, unknown>): Array<[string, unknown]> | undefined {
	const pairs = Object.entries(entry);
	const isPair = pairs.length > 0 && pairs.every(([key]) => Object.hasOwn(ROLES, key));
	return isPair ? pairs : undefined;
}

function roleOf(word: unknown, wrong: Refuse): Turn['role'] {
	const name = typeof word === 'string' ? word.toLowerCase() : '';
	const known = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
	const role = known ?? (ABOUT_TOOLS.test(name) ? 'tool' : undefined);
	if (role === undefined) {
		throw wrong(`: role must be one of system, user, assistant, got ${shown(word)}`);
	}
	return role;
}

function textOf(content: unknown, wrong: Refuse): Pick<Turn, 'content' | 'toolParts'> {
	if (typeof content === 'string') return { content, toolParts: 0 };
	// A turn that only called a tool has no content.
	if (content === null) return { content: '', toolParts: 0 };
	if (!Array.isArray(content)) throw notText(content, wrong);
	let toolParts = 0;
	const texts = content.flatMap((part: unknown): string[] => {
		if (typeof part === 'string') return [part];
		if (!isRecord(part)) throw notText(content, wrong);
		const { type, text } = part;
		if (TEXT_PARTS.has(type) && typeof text === 'string') return [text];
		if (THOUGHT_PARTS.has(type)) return [];
		if (typeof type === 'string' && ABOUT_TOOLS.test(type)) {
			toolParts++;
			return [];
		}
		const kind = typeof type === 'string' ? type : Object.keys(part).join(', ');
		throw wrong(
			`: a part that is no text (${kind}) cannot be sent from here; keep files as binary data of the item and name them under Attachments`,
		);
	});
	return { content: texts.join('\n'), toolParts };
}

function notText(content: unknown, wrong: Refuse): InvalidPlanError {
	return wrong(`: content must be text (files go under Attachments), got ${shown(content)}`);
}

/** A key that a vendor's reply has, but that says nothing. */
function isNothing(value: unknown): boolean {
	return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
