import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import type { Attachment, ChatMessage, ChatRequest } from '../spec/chat';
import type { Plan } from '../spec/policies';
import type { Candidate } from '../spec/provider';

/** Counts up whenever the meaning of a stored answer changes. */
const KEY_VERSION = 1;

const attachmentDigests = new WeakMap<Uint8Array, string>();

/**
 * SHA-256 over everything that may change the answer: the canonical request, each candidate in
 * order with its settings and the digest of its credential, the scope, and the plan's variant. How
 * hard it is tried (retries, fallback, repair) is no part of it: what is stored was accepted.
 * Key order and white space between JSON tokens make no difference. Holds no secret.
 */
export function cacheKey(request: ChatRequest, plan: Plan): string {
	const canonical = stringify({
		version: KEY_VERSION,
		scope: plan.cache.scope,
		variant: plan.cache.variant,
		strategy: plan.strategy,
		stickyKey: plan.stickyKey,
		keepRaw: plan.keepRaw,
		input: plan.input,
		messages: request.messages.map(canonicalMessage),
		outputFormat: request.outputFormat,
		jsonSchema: request.jsonSchema,
		candidates: plan.candidates.map((candidate) => canonicalCandidate(candidate, plan)),
	});
	return sha256(canonical ?? '');
}

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}

function canonicalMessage(message: ChatMessage) {
	return { ...message, attachments: message.attachments?.map(canonicalAttachment) };
}

function canonicalAttachment(attachment: Attachment) {
	const { data, ...facts } = attachment;
	let digest = attachmentDigests.get(data);
	if (digest === undefined) {
		digest = sha256(data);
		attachmentDigests.set(data, digest);
	}
	return { ...facts, digest };
}

function canonicalCandidate(candidate: Candidate, { strategy }: Plan) {
	const { id, settings, weight, arm } = candidate;
	const identity = candidate.kind === 'vendor' ? candidate.connection.identity : candidate.identity;
	// A model that lost its weight, or has another letter now, has no say in this test any more.
	return { id, settings, identity, ...(strategy === 'weighted' ? { weight, arm } : {}) };
}
