import { CHAT_ROLES, InvalidPlanError, type ChatMessage, type ChatRole } from '../../engine/index';
import { isBlank } from './isBlank';
import { shown } from './shown';

const ADVICE =
	'Give an array such as [{"role": "user", "content": "Hello!"}]; role is system, user or assistant, content is text.';

/**
 * Reads a conversation.
 *
 * @throws {InvalidPlanError} naming the entry that is not as described
 */
export function readMessages(raw: unknown): ChatMessage[] {
	const list = typeof raw === 'string' ? parse(raw) : raw;
	if (!Array.isArray(list)) throw refuse(`must be a JSON array, got ${shown(raw)}`);
	if (list.length === 0) throw refuse('is empty, got []');

	const messages = list.map((entry: unknown, index) => readMessage(entry, index + 1));
	if (!messages.some(({ role }) => role === 'user')) {
		throw refuse('needs at least one message with the role user, got none');
	}
	const firstOther = messages.findIndex(({ role }) => role !== 'system');
	const late = messages.findIndex(({ role }, index) => role === 'system' && index > firstOther);
	if (late !== -1) {
		throw refuse(
			`has a system message at entry ${late + 1}, after another role; system messages come first`,
		);
	}
	return messages;
}

function readMessage(entry: unknown, position: number): ChatMessage {
	if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
		throw refuse(`entry ${position} must be an object, got ${shown(entry)}`);
	}
	const { role, content, ...others } = entry as Record<string, unknown>;
	if (!isRole(role)) {
		throw refuse(
			`entry ${position}: role must be one of ${CHAT_ROLES.join(', ')}, got ${shown(role)}`,
		);
	}
	if (typeof content !== 'string') {
		throw refuse(
			`entry ${position}: content must be text (files go under Attachments), got ${shown(content)}`,
		);
	}
	if (isBlank(content)) throw refuse(`entry ${position}: content is empty, got ${shown(content)}`);
	const unknownKey = Object.keys(others)[0];
	if (unknownKey !== undefined) {
		throw refuse(`entry ${position}: the key ${shown(unknownKey)} is not known`);
	}
	return { role, content };
}

function isRole(value: unknown): value is ChatRole {
	return CHAT_ROLES.some((role) => role === value);
}

function refuse(problem: string): InvalidPlanError {
	return new InvalidPlanError(`Messages: ${problem}`, ADVICE);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
