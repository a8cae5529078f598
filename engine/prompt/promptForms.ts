export type Part = 'context' | 'task' | 'format' | 'examples';

/** How a vendor's models are best handed a prompt of several parts. */
export interface PromptForm {
	readonly shape: 'xml' | 'markdown';
	readonly order: readonly Part[];
	/** The vendor's own guide. */
	readonly source: string;
	/** ISO date. */
	readonly checkedOn: string;
}

const FORMS = {
	/** XML tags; long material first, what is asked last. */
	anthropic: {
		shape: 'xml',
		order: ['context', 'examples', 'format', 'task'],
		source:
			'https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/long-context-tips',
		checkedOn: '2026-11-24',
	},
	/** Tags or Markdown headings alike; the material before the request. */
	google: {
		shape: 'markdown',
		order: ['context', 'examples', 'format', 'task'],
		source: 'https://ai.google.dev/gemini-api/docs/prompting-strategies',
		checkedOn: '2026-11-23',
	},
	/** Markdown headings: instructions, examples, then the material. Others follow OpenAI's dialect. */
	others: {
		shape: 'markdown',
		order: ['task', 'format', 'examples', 'context'],
		source:
			'https://developers.openai.com/api/docs/guides/prompt-engineering#message-formatting-with-markdown-and-xml',
		checkedOn: '2026-11-23',
	},
} satisfies Record<string, PromptForm>;

/** The form for a candidate (`openai/gpt-…`); Claude and Gemini are also served by others. */
export function promptFormFor(candidateId: string): PromptForm {
	if (/^anthropic\/|claude/i.test(candidateId)) return FORMS.anthropic;
	return /^google\/|gemini/i.test(candidateId) ? FORMS.google : FORMS.others;
}
