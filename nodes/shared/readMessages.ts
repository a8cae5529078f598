import { InvalidPlanError, type ChatMessage } from '../../engine/index';
import { turnsOf, type Turn } from './conversationTurns';
import { isBlank } from './isBlank';
import { shown } from './shown';

/** A conversation that every vendor takes: system text first, then turns of alternating roles. */
export interface Conversation {
	readonly messages: readonly ChatMessage[];
	/** Sentences on what had to be left out. */
	readonly warnings: readonly string[];
}

const ADVICE =
	'Give an array such as [{"role": "user", "content": "Hello!"}]; role is system, user or assistant, content is text. What Chat Memory Manager gives is taken too.';

/**
 * Reads the field Messages: a whole conversation, the message to answer included. An item of a Chat
 * Trigger is a conversation of one message, after those of a memory where it has them.
 *
 * @throws {InvalidPlanError} naming the entry that is not as described
 */
export function readMessages(raw: unknown): Conversation {
	const refuse = refusal('Messages');
	const list = listOf(raw);
	if (list === undefined) throw refuse(`must be a JSON array, got ${shown(raw)}`);
	if (list.length === 0) throw refuse('is empty, got []');

	const conversation = read('Messages', list, true);
	if (!conversation.messages.some(({ role }) => role === 'user')) {
		throw refuse('needs at least one message with the role user, got none');
	}
	return conversation;
}

/**
 * Reads the field History: what was said before the prompt. Nothing is a history too.
 *
 * @throws {InvalidPlanError} naming the entry that is not as described
 */
export function readHistory(raw: unknown): Conversation {
	const isNothing = raw === undefined || raw === null || (typeof raw === 'string' && isBlank(raw));
	const list = isNothing ? [] : listOf(raw);
	if (list === undefined) throw refusal('History')(`must be a JSON array, got ${shown(raw)}`);
	return read('History', list, false);
}

/** One message after the other; neighbours of one role become one, as some vendors demand. */
export function joinTurns(messages: readonly ChatMessage[]): ChatMessage[] {
	const joined: ChatMessage[] = [];
	for (const message of messages) {
		const last = joined.at(-1);
		if (last?.role === message.role) {
			joined[joined.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
		} else {
			joined.push(message);
		}
	}
	return joined;
}

/** @param endsIt whether the last entry is what is to be answered, and so must say something */
function read(label: string, list: readonly unknown[], endsIt: boolean): Conversation {
	const refuse = refusal(label);
	const turns = list.flatMap((entry, index) => turnsOf(entry, index + 1, refuse));
	const spoken = turns.filter((turn, index) => {
		if (turn.role === 'tool') return false;
		if (!isBlank(turn.content)) return true;
		// An empty turn says nothing, and vendors refuse it. An empty rule or question is a slip.
		const isSlip = turn.role === 'system' || (endsIt && isLastOfUser(turns, index));
		if (!isSlip) return false;
		throw refuse(`entry ${turn.position}: content is empty, got ${shown(turn.content)}`);
	});
	const firstOther = spoken.findIndex(({ role }) => role !== 'system');
	const late = spoken.find(({ role }, index) => role === 'system' && index > firstOther);
	if (late !== undefined && firstOther !== -1) {
		throw refuse(
			`has a system message at entry ${late.position}, after another role; system messages come first`,
		);
	}
	const messages = spoken.map(({ role, content }) => ({ role, content }) as ChatMessage);
	return { messages: joinTurns(messages), warnings: toolWarning(label, turns) };
}

function isLastOfUser(turns: readonly Turn[], index: number): boolean {
	return turns.findLastIndex(({ role }) => role === 'user') === index;
}

function toolWarning(label: string, turns: readonly Turn[]): string[] {
	const count = turns.reduce(
		(sum, { role, toolParts }) => sum + toolParts + (role === 'tool' ? 1 : 0),
		0,
	);
	if (count === 0) return [];
	return [
		`${label}: calls of tools and their results were left out; a request of this node holds text only.`,
	];
}

/** The entries of a conversation, whatever holds them; `undefined` when nothing does. */
function listOf(raw: unknown): readonly unknown[] | undefined {
	const value = typeof raw === 'string' ? parse(raw) : raw;
	if (Array.isArray(value)) return value;
	if (typeof value !== 'object' || value === null) return undefined;
	const { messages, chatInput } = value as Record<string, unknown>;
	const said = typeof chatInput === 'string' ? [{ role: 'user', content: chatInput }] : [];
	if (Array.isArray(messages)) return [...(messages as unknown[]), ...said];
	return said.length > 0 ? said : undefined;
}

function refusal(label: string) {
	return (problem: string) => new InvalidPlanError(`${label}: ${problem}`, ADVICE);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
