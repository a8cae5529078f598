import type { ChatResponse } from './spec/chat';
import type { Outcome, ProviderFailure } from './spec/failures';
import type { ApiKey } from './spec/provider';

const MASK = '[key removed]';
/** Shorter ones would also take words out of answers; no vendor has such keys. */
const MIN_SECRET_CHARACTERS = 8;

/** Takes the keys out of a text that a vendor may have echoed them in. */
function masker(keys: readonly ApiKey[]): (text: string) => string {
	const secrets = keys
		.map((key) => key.reveal())
		.filter((secret) => secret.length >= MIN_SECRET_CHARACTERS);
	return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
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
