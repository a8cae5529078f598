import { callOf, chat, textOf } from '../sandbox/support/clients';
import type { Truth } from './scenario';

interface Counts {
	readonly prompt_tokens?: number;
	readonly input_tokens?: number;
	readonly completion_tokens?: number;
	readonly output_tokens?: number;
}

/**
 * What a vendor itself answers and counts, asked without anything between.
 *
 * @param call as `callOf` finds it
 * @param model the ID as the sandbox knows it
 */
export async function askDirectly(
	sandboxUrl: string,
	call: string,
	model: string,
	prompt: string,
): Promise<Omit<Truth, 'model'>> {
	const vendor = callOf(call);
	const reply = await chat(sandboxUrl, vendor, prompt, { model });
	const { usage = {} } = reply.json as { usage?: Counts };
	return {
		text: textOf(vendor, reply),
		inputTokens: usage.prompt_tokens ?? usage.input_tokens ?? NaN,
		outputTokens: usage.completion_tokens ?? usage.output_tokens ?? NaN,
	};
}
