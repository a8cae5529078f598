import type { ChatResponse } from './spec/chat';
import type { Outcome, ProviderFailure } from './spec/failures';
import type { ApiKey } from './spec/provider';

const MASK = '[key removed]';
/** Shorter ones would also take words out of answers; no vendor has such keys. */
const MIN_SECRET_CHARACTERS = 8;

/** Takes the keys out of a text that a vendor may have echoed them in. */
function masker(keys: readonly ApiKey[]): (text: string) => string {
	const secrets = secretsOf(keys);
	return (text) => masked(text, secrets);
}

function secretsOf(keys: readonly ApiKey[]): string[] {
	return keys.map((key) => key.reveal()).filter((secret) => secret.length >= MIN_SECRET_CHARACTERS);
}

function masked(text: string, secrets: readonly string[]): string {
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
}

/**
 * Masks a text that comes in pieces: what could be the start of a key waits for the piece after it.
 * What still waits at the end is no key; whoever has the whole text has it, too.
 */
export function maskPieces(
	keys: readonly ApiKey[],
	onText: (piece: string) => void,
): (piece: string) => void {
	const secrets = secretsOf(keys);
	let waiting = '';
	return (piece) => {
		const text = masked(waiting + piece, secrets);
		const held = Math.max(0, ...secrets.map((secret) => overlap(text, secret)));
		waiting = held === 0 ? '' : text.slice(-held);
		onText(text.slice(0, text.length - held));
	};
}

/** How many characters at the end of `text` could be the start of `secret`. */
function overlap(text: string, secret: string): number {
	const longest = Math.min(text.length, secret.length - 1);
	for (let length = longest; length > 0; length--) {
		if (text.endsWith(secret.slice(0, length))) return length;
	}
	return 0;
}

export function maskFailure(failure: ProviderFailure, keys: readonly ApiKey[]): ProviderFailure {
	const mask = masker(keys);
	const { message, requestId } = failure;
	const masked = requestId === undefined ? {} : { requestId: mask(requestId) };
	return { ...failure, message: mask(message), ...masked };
}

/** Masks everything in an outcome that a vendor wrote. */
export function maskOutcome(
	outcome: Outcome<ChatResponse>,
	keys: readonly ApiKey[],
): Outcome<ChatResponse> {
	if (keys.length === 0) return outcome;
	if (!outcome.ok) return { ok: false, failure: maskFailure(outcome.failure, keys) };
	const mask = masker(keys);
	const { value } = outcome;
	const { finishReason, raw } = value;
	const word = finishReason.raw === undefined ? {} : { raw: mask(finishReason.raw) };
	return {
		ok: true,
		value: {
			...value,
			text: mask(value.text),
			modelId: mask(value.modelId),
			finishReason: { ...finishReason, ...word },
			warnings: value.warnings.map(mask),
			...(raw === undefined
				? {}
				: { raw: JSON.parse(mask(JSON.stringify(raw))) as ChatResponse['raw'] }),
		},
	};
}
