import { readFences } from './codeFences';

/** One worked case: what comes in and what should come out. */
export interface PromptExample {
	readonly input: string;
	readonly output: string;
}

/** A prompt in its parts; what is empty or absent is left out. */
export interface PromptSections {
	/** Who the model is: becomes the system prompt. */
	readonly role?: string;
	/** What it has to know. */
	readonly context?: string;
	/** What it has to do. */
	readonly task: string;
	/** What the answer has to look like. */
	readonly format?: string;
	readonly examples?: readonly PromptExample[];
}

export interface RenderedPrompt {
	readonly system?: string;
	readonly user: string;
}

type Part = 'context' | 'task' | 'format' | 'examples';

interface PromptForm {
	readonly shape: 'xml' | 'markdown';
	readonly order: readonly Part[];
}

/**
 * How each vendor wants its prompts built, as their own guides say (read 2026-11-23): Anthropic in XML
 * tags with long material first and the request last, OpenAI in Markdown headings with context near
 * the end, Google in either with the context before the request.
 */
const FORMS = {
	// https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/claude-prompting-best-practices
	anthropic: { shape: 'xml', order: ['context', 'examples', 'format', 'task'] },
	// https://ai.google.dev/gemini-api/docs/prompting-strategies
	google: { shape: 'markdown', order: ['context', 'examples', 'format', 'task'] },
	// https://platform.openai.com/docs/guides/text#message-formatting-with-markdown-and-xml
	others: { shape: 'markdown', order: ['task', 'format', 'examples', 'context'] },
} satisfies Record<string, PromptForm>;

/** A candidate is known by its model, too: Claude and Gemini are also served by others. */
function formFor(candidateId: string): PromptForm {
	if (/^anthropic\/|claude/i.test(candidateId)) return FORMS.anthropic;
	return /^google\/|gemini/i.test(candidateId) ? FORMS.google : FORMS.others;
}

/**
 * The prompt in the form that suits a candidate (`openai/gpt-…`); the content is the same for all.
 * What looks like the end of its own section is escaped.
 */
export function renderSections(sections: PromptSections, candidateId: string): RenderedPrompt {
	const { shape, order } = formFor(candidateId);
	const { role = '', task, context = '', format = '', examples = [] } = sections;
	const isTaskOnly = `${context}${format}`.trim() === '' && examples.length === 0;
	const render = shape === 'xml' ? xmlPart : markdownPart;
	const parts = order
		.map((part) => render(part, { context, task, format, examples }))
		.filter((part) => part !== '');
	const user = isTaskOnly ? task.trim() : parts.join('\n\n');
	return role.trim() === '' ? { user } : { system: role.trim(), user };
}

type Parts = Readonly<Record<Exclude<Part, 'examples'>, string>> & {
	readonly examples: readonly PromptExample[];
};

function xmlPart(part: Part, parts: Parts): string {
	if (part !== 'examples') return tagged(part, parts[part]);
	const examples = parts.examples.map(({ input, output }) =>
		block('example', [tagged('input', input), tagged('output', output)].join('\n')),
	);
	return examples.length === 0 ? '' : block('examples', examples.join('\n'));
}

function tagged(name: string, content: string): string {
	if (content.trim() === '') return '';
	const closing = new RegExp(`<(?=/(?:${name}|examples?)[\\s>])`, 'gi');
	return block(name, content.trim().replace(closing, '&lt;'));
}

function block(name: string, content: string): string {
	return `<${name}>\n${content}\n</${name}>`;
}

const HEADINGS: Readonly<Record<Part, string>> = {
	context: '# Context',
	task: '# Task',
	format: '# Format',
	examples: '# Examples',
};

function markdownPart(part: Part, parts: Parts): string {
	if (part !== 'examples') return headed(HEADINGS[part], parts[part], 1);
	const examples = parts.examples.map(({ input, output }, index) =>
		[
			`## Example ${index + 1}`,
			headed('### Input', input, 3),
			headed('### Output', output, 3),
		].join('\n\n'),
	);
	return examples.length === 0 ? '' : [HEADINGS.examples, ...examples].join('\n\n');
}

function headed(heading: string, content: string, level: number): string {
	return content.trim() === '' ? '' : `${heading}\n\n${withoutHeadings(content.trim(), level)}`;
}

/** Headings of the text that would end its section lose their meaning; code blocks are closed. */
function withoutHeadings(content: string, level: number): string {
	const { lines, openFence } = readFences(content.replaceAll('\r\n', '\n'));
	const heading = new RegExp(`^( {0,3})(?=#{1,${level}}(?:\\s|$))`);
	const escaped = lines.map(({ line, isCode }) => (isCode ? line : line.replace(heading, '$1\\')));
	return [...escaped, ...(openFence === undefined ? [] : [openFence])].join('\n');
}
