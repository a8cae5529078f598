import type { ChatAsk } from '../ask';

/** A prompt taken apart: what to do, and the text to do it to. */
export interface PromptParts {
	/** System prompt and order. */
	readonly instruction: string;
	/** The user's own words without the text. */
	readonly order: string;
	/** Empty where the prompt holds no text of its own. */
	readonly material: string;
}

type Split = Omit<PromptParts, 'instruction'>;

const FENCED = /```[a-z]*\n?([^]*?)```|"""([^]*?)"""|<(\w+)>([^]*?)<\/\3>/i;
/** `Summarise this:` before the text, on the line above or on the same one. */
const COLON_ABOVE = /^([^]{3,600}?:)[ \t]*\n+([^]+)$/;
const COLON_INLINE = /^([^\n:]{3,400}):[ \t]+([^]+)$/;
/** What such a colon introduces is part of the order: labels, keys, an example. */
const INTRODUCES_LIST =
	/\b(?:one of|into|as|labels?|categor(?:y|ies)|options?|keys?|fields?|like|exactly|with|say|reply)\s*$/i;
/** A first paragraph that does not speak of itself but says what to do with the rest. */
const COMMAND =
	/\b(?:summari[sz]e|classify|categori[sz]e|sort|extract|rewrite|rephrase|translate|format|analy[sz]e|shorten|edit|polish|proofread|condense|identify|label|turn|convert)\b|^(?:give|list|name|find|tell|decide|here (?:is|are)|read|use|take|look at)\b/i;

export function promptParts(ask: ChatAsk): PromptParts {
	const system = said(ask, 'system');
	const user = said(ask, 'user');
	const split = splitUser(user);
	// A system prompt that gives an order makes the whole user message its object.
	const isObject = split === undefined && COMMAND.test(system) && user.length > 0;
	const { order, material } =
		split ?? (isObject ? { order: '', material: user } : { order: user, material: '' });
	return { instruction: join(system, order), order, material };
}

function splitUser(user: string): Split | undefined {
	const fenced = FENCED.exec(user);
	if (fenced !== null) {
		const material = (fenced[1] ?? fenced[2] ?? fenced[4] ?? '').trim();
		const order = user.replace(fenced[0], ' ').trim();
		if (material.length > 0 && order.length > 0) return { order, material };
	}
	const [first = '', ...rest] = user.split(/\n\s*\n/);
	const material = rest.join('\n\n').trim();
	const isOrder = COMMAND.test(first) || first.trim().endsWith(':');
	if (material !== '' && isOrder && first.length < 600) {
		const { order, text } = trailingOrder(material);
		return { order: join(first.trim().replace(/:$/, ''), order), material: withoutLabel(text) };
	}
	for (const pattern of [COLON_ABOVE, COLON_INLINE]) {
		const [, before, after] = pattern.exec(user) ?? [];
		if (before === undefined || after === undefined || INTRODUCES_LIST.test(before)) continue;
		if (after.trim().length < before.length / 2) continue;
		return { order: before.trim().replace(/:$/, ''), material: withoutLabel(after.trim()) };
	}
	return undefined;
}

/** `Review: The lamp …` → `The lamp …`. */
function withoutLabel(text: string): string {
	return text.replace(
		/^(?:text|review|message|article|data|input|content|ticket|email|post|document|question)\s*:\s*/i,
		'',
	);
}

/** A last paragraph that is itself an order (`Reply in JSON.`) belongs to the order. */
function trailingOrder(material: string): { readonly order: string; readonly text: string } {
	const paragraphs = material.split(/\n\s*\n/);
	const last = paragraphs.at(-1) ?? '';
	const isOrder =
		paragraphs.length > 1 &&
		last.length < 200 &&
		/^(?:reply|respond|answer|return|use|only|give)\b/i.test(last);
	return isOrder
		? { order: last, text: paragraphs.slice(0, -1).join('\n\n') }
		: { order: '', text: material };
}

function said(ask: ChatAsk, role: 'system' | 'user'): string {
	const messages = ask.messages.filter((message) => message.role === role);
	const wanted = role === 'user' ? messages.slice(-1) : messages;
	return wanted.map(({ text }) => text.trim()).join('\n\n');
}

function join(...parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join('\n\n');
}
