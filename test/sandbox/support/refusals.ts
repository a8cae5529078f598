import { startSandbox, type Sandbox } from '../index';
import { callOf, chat } from './clients';

/** A title, the model (or the vendor's usual one), what the body has more, what the error says. */
export type Refusal = readonly [
	title: string,
	model: string | undefined,
	more: object,
	says: RegExp | string,
];
export type Acceptance = readonly [title: string, model: string | undefined, more: object];

/** Tests of what one vendor's call refuses and takes, against a sandbox of their own. */
export function refusalTests(name: string): {
	readonly sandbox: () => Sandbox;
	readonly refuses: (cases: readonly Refusal[]) => void;
	readonly accepts: (cases: readonly Acceptance[]) => void;
} {
	const call = callOf(name);
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	const ask = async (prompt: string, model: string | undefined, more: object) =>
		await chat(sandbox.url, call, prompt, {
			more,
			...(model === undefined ? {} : { model }),
		});
	return {
		sandbox: () => sandbox,
		refuses: (cases) =>
			test.each(cases)(`${name} refuses %s`, async (_title, model, more, says) => {
				const reply = await ask('Hello', model, more);
				expect(reply.status).toBe(400);
				const { error } = reply.json as { error: { message: string } };
				if (typeof says === 'string') expect(error.message).toBe(says);
				else expect(error.message).toMatch(says);
			}),
		accepts: (cases) =>
			test.each(cases)(`${name} accepts %s`, async (_title, model, more) => {
				const reply = await ask('Reply in JSON: Hello', model, more);
				expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
			}),
	};
}

const properties = { a: { type: 'string' } };
export const openObject = { type: 'object', properties, required: ['a'] };
export const strictObject = { ...openObject, additionalProperties: false };

export function userMessage(content: unknown): object {
	return { messages: [{ role: 'user', content }] };
}
