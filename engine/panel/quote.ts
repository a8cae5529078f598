import { sha256 } from '../policies/cacheKey';
import { truncate } from '../prompt/truncate';

/** Texts of others, ready to stand in a prompt. */
export interface Quotes {
	/** Part of every tag, so that no text can write one: in none of the texts. */
	readonly code: string;
	readonly texts: readonly QuotedText[];
}

export interface QuotedText {
	readonly text: string;
	/** Estimated tokens that were left out; 0 when the text is whole. */
	readonly leftOutTokens: number;
}

const CODE_LENGTH = 12;

/** Line ends of all systems, and the two that only Unicode knows. */
const LINE_ENDS = /\r\n?|[\u2028\u2029\f\v]/g;
/**
 * Signs that a model reads and a person does not see, or that turn the reading direction: control
 * characters, zero-width space, bidirectional controls, tag characters. Joiners stay, since emoji
 * and many scripts need them.
 */
const HIDDEN =
	// eslint-disable-next-line no-control-regex -- they are what is looked for
	/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** Layout needs no longer ones; the estimate of tokens does not count them, and a model does. */
const LONG_BLANK = /(\s{100})\s+/g;
const LONE_SURROGATE = /\p{Cs}/gu;
/**
 * What looks like one of our tags, or like a sign by which a local server parts the roles of a
 * chat. The runs are bounded, so that the time is linear.
 */
const TAG_LIKE =
	/[<＜﹤‹〈⟨❮](?=[\s\u200c\u200d]{0,8}[/／⁄∕]?[\s\u200c\u200d]{0,8}(?:answer|question|system|assistant|user)|[|｜]|\/?s>|(?:bos|eos)>|(?:start|end)_of_turn>|<\/?SYS>>)/gi;
const ROLE_SIGN = /\[(?=\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS)\])/g;

/**
 * Makes texts safe to quote: nothing in them can end the quotation or pass for a part of the
 * prompt. The same texts and seed give the same code, so that calls can be answered from the cache.
 */
export function quote(
	texts: readonly { readonly text: string; readonly maxTokens: number }[],
	seed: string,
): Quotes {
	const quoted = texts.map(({ text, maxTokens }): QuotedText => {
		const fitted = truncate(visible(text), { maxTokens, overflow: 'keepBoth' });
		// `keepBoth` always fits.
		const kept = fitted.ok ? fitted : { text: '', leftOutTokens: 0 };
		return {
			text: kept.text.replace(TAG_LIKE, '$& ').replace(ROLE_SIGN, '[ '),
			leftOutTokens: kept.leftOutTokens,
		};
	});
	return { code: unusedCode(quoted, seed), texts: quoted };
}

/** Text between tags that it cannot close. */
export function tagged(
	name: string,
	code: string,
	{ text, leftOutTokens }: QuotedText,
	label?: string,
): string {
	const tag = `${name}-${code}`;
	const attributes = [
		...(label === undefined ? [] : [`label="${label}"`]),
		...(leftOutTokens === 0
			? []
			: [`shortened="its middle is left out, about ${leftOutTokens} tokens"`]),
	];
	return `<${[tag, ...attributes].join(' ')}>\n${text}\n</${tag}>`;
}

function visible(text: string): string {
	return text
		.replace(LINE_ENDS, '\n')
		.replace(HIDDEN, '')
		.replace(LONE_SURROGATE, '\ufffd')
		.replace(LONG_BLANK, '$1');
}

function unusedCode(texts: readonly QuotedText[], seed: string): string {
	let code = sha256([seed, ...texts.map(({ text }) => sha256(text))].join('\n')).slice(
		0,
		CODE_LENGTH,
	);
	while (texts.some(({ text }) => text.toLowerCase().includes(code))) {
		code = sha256(code).slice(0, CODE_LENGTH);
	}
	return code;
}
