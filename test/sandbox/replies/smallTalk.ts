/** What people type first to see whether a model answers. */
const KNOWN: readonly (readonly [question: RegExp, answer: string])[] = [
	[
		/^(?:hello|hi|hey|good (?:morning|evening|day))\b[\s!.,]*$/i,
		'Hello! How can I help you today?',
	],
	[/^(?:thanks|thank you)\b[\s!.]*$/i, 'You are welcome!'],
	[/^(?:ping|test|testing)[\s!.]*$/i, 'pong'],
	[/\bcapital of France\b/i, 'The capital of France is Paris.'],
	[/\bcapital of Germany\b/i, 'The capital of Germany is Berlin.'],
	[/\bcapital of Italy\b/i, 'The capital of Italy is Rome.'],
	[/\bcapital of Spain\b/i, 'The capital of Spain is Madrid.'],
	[/\bcapital of Japan\b/i, 'The capital of Japan is Tokyo.'],
	[
		/^what is n8n\b/i,
		'n8n is a workflow automation tool: nodes on a canvas fetch, change and send data, with code where it is needed.',
	],
	[
		/^(?:who|what) are you\b/i,
		'I am the sandbox: a local stand-in for a language model that answers without a key.',
	],
	[/^tell me a joke\b/i, 'Why did the two workflows merge? They had the same trigger.'],
];

/** `undefined` for anything but a few well-known openings. */
export function smallTalk(prompt: string): string | undefined {
	const asked = prompt.trim();
	if (asked.length > 120) return undefined;
	return KNOWN.find(([question]) => question.test(asked))?.[1];
}
