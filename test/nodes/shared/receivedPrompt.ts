import { digest } from '../../sandbox/hash';

/** What the sandbox logs of a prompt with these texts, the system prompt first. */
export function digestOf(...texts: readonly string[]): string {
	return digest(texts.join('\n\n'));
}
