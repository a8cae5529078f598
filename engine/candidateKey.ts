import type { Candidate } from './spec/provider';

/** One credential and model: what latency and open calls are measured for. */
export function candidateKey(candidate: Candidate): string {
	if (candidate.kind === 'connected') return `${candidate.identity}|${candidate.id}`;
	return `${candidate.connection.identity}|${candidate.id}`;
}

/** Where it is noted that a vendor refused a key. */
export const refusalKey = (allowance: string): string => `refused|${allowance}`;

/** One key of a credential and model: what a vendor's limits hold for. */
export function allowanceKey(candidate: Candidate, keyIndex: number): string {
	if (candidate.kind === 'connected') return candidateKey(candidate);
	return `${candidateKey(candidate)}|${candidate.connection.keys[keyIndex]?.fingerprint ?? ''}`;
}
