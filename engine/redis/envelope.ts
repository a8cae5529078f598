import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ChatResult } from '../spec/result';

/** How answers are written for Redis. */
export interface Envelope {
	/** `undefined`: larger than what is kept there. */
	readonly close: (result: ChatResult, name: string) => string | undefined;
	/** `undefined`: it was written with another key, or by somebody else. */
	readonly open: (written: string, name: string) => ChatResult | undefined;
}

/** Larger answers stay in the process that got them: they would hold up Redis for all. */
export const MAX_ANSWER_BYTES = 256 * 1024;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PLAIN = 'p';
const SEALED = 's';

/**
 * With a key, answers are sealed by AES-256-GCM under a fresh nonce each, and bound to their name: one
 * that was moved to another name does not open.
 */
export function envelope(encryptionKey?: string): Envelope {
	if (encryptionKey === undefined) {
		return {
			close: (result) => withinCap(`${PLAIN}${JSON.stringify(result)}`),
			open: (written) =>
				written.startsWith(PLAIN) ? resultOf(written.slice(PLAIN.length)) : undefined,
		};
	}
	const purpose = 'n8n-nodes-multi-model stored answers';
	const key = Buffer.from(hkdfSync('sha256', encryptionKey, '', purpose, 32));
	return {
		close: (result, name) => {
			const iv = randomBytes(IV_BYTES);
			const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(name));
			const sealed = Buffer.concat([cipher.update(JSON.stringify(result), 'utf8'), cipher.final()]);
			const whole = Buffer.concat([iv, cipher.getAuthTag(), sealed]);
			return withinCap(`${SEALED}${whole.toString('base64')}`);
		},
		open: (written, name) => {
			if (!written.startsWith(SEALED)) return undefined;
			const whole = Buffer.from(written.slice(SEALED.length), 'base64');
			if (whole.length < IV_BYTES + TAG_BYTES) return undefined;
			const decipher = createDecipheriv(CIPHER, key, whole.subarray(0, IV_BYTES), {
				authTagLength: TAG_BYTES,
			});
			try {
				decipher
					.setAAD(Buffer.from(name))
					.setAuthTag(whole.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
				const text = decipher.update(whole.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8');
				return resultOf(text + decipher.final('utf8'));
			} catch {
				return undefined;
			}
		},
	};
}

function withinCap(written: string): string | undefined {
	return Buffer.byteLength(written) <= MAX_ANSWER_BYTES ? written : undefined;
}

function resultOf(text: string): ChatResult | undefined {
	try {
		const result: unknown = JSON.parse(text);
		return isResult(result) ? result : undefined;
	} catch {
		return undefined;
	}
}

/** Others may write to the same Redis. What was ours is of the version that its key names. */
function isResult(value: unknown): value is ChatResult {
	if (typeof value !== 'object' || value === null) return false;
	const { response, answeredBy, trace } = value as Record<string, unknown>;
	return (
		typeof answeredBy === 'string' &&
		typeof trace === 'object' &&
		trace !== null &&
		typeof response === 'object' &&
		response !== null &&
		typeof (response as Record<string, unknown>).text === 'string'
	);
}
