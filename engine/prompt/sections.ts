import type { PromptSections } from '../spec/preprocessing';
import { fencedLines } from './codeFences';
import { type Part, promptFormFor } from './promptForms';
import { atOnce, STEP_CHARS, type Steps } from './steps';
import { createTextBuilder } from './textBuilder';

/** What a line costs beside its signs, in signs. */
const LINE_CHARS = 32;

export interface RenderedPrompt {
	readonly system?: string;
	readonly user: string;
}

/**
 * A task and what stands around it in the form that suits a candidate (`openai/gpt-…`); the content
 * is the same for all. What looks like the end of its own section is escaped.
 */
export function renderSections(
	task: string,
	sections: PromptSections,
	candidateId: string,
): RenderedPrompt {
	return atOnce(renderSectionsSteps(task, sections, candidateId));
}

/** The same in steps. */
export function* renderSectionsSteps(
	task: string,
	sections: PromptSections,
	candidateId: string,
): Steps<RenderedPrompt> {
	const { shape, order } = promptFormFor(candidateId);
	const { role = '', context = '', format = '', examples = [] } = sections;
	const render = shape === 'xml' ? xmlPart : markdownPart;
	const parts: string[] = [];
	for (const part of order) {
		const text = yield* render(part, { context, task, format, examples });
		if (isFilled(text)) parts.push(text);
	}
	const isTaskOnly = parts.length <= 1 && task.trim() !== '';
	const user = isTaskOnly ? task.trim() : parts.join('\n\n');
	return role.trim() === '' ? { user } : { system: role.trim(), user };
}

type Parts = Readonly<Record<Exclude<Part, 'examples'>, string>> &
	Required<Pick<PromptSections, 'examples'>>;

function* xmlPart(part: Part, parts: Parts): Steps<string> {
	if (part !== 'examples') return yield* tagged(part, parts[part]);
	const examples: string[] = [];
	for (const { input, output } of parts.examples) {
		const inside = [yield* tagged('input', input), yield* tagged('output', output)];
		examples.push(block('example', inside.filter(isFilled).join('\n')));
	}
	return examples.length === 0 ? '' : block('examples', examples.join('\n'));
}

function* tagged(name: string, content: string): Steps<string> {
	const text = content.trim();
	if (text === '') return '';
	const closing = new RegExp(`<(?=/(?:${name}|examples?)[\\s>])`, 'gi');
	const escaped = createTextBuilder();
	for (let start = 0; start < text.length; ) {
		// A piece ends before a tag, so that none is cut.
		const next = text.indexOf('<', start + STEP_CHARS);
		const end = next === -1 ? text.length : next;
		escaped.add(text.slice(start, end).replace(closing, '&lt;'));
		start = end;
		yield;
	}
	return block(name, escaped.toText());
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

function* markdownPart(part: Part, parts: Parts): Steps<string> {
	if (part !== 'examples') return yield* headed(HEADINGS[part], parts[part], 1);
	const examples: string[] = [];
	for (const [index, { input, output }] of parts.examples.entries()) {
		const heading = `## Example ${index + 1}`;
		const inside = [yield* headed('### Input', input, 3), yield* headed('### Output', output, 3)];
		examples.push([heading, ...inside.filter(isFilled)].join('\n\n'));
	}
	return examples.length === 0 ? '' : [HEADINGS.examples, ...examples].join('\n\n');
}

function* headed(heading: string, content: string, level: number): Steps<string> {
	const text = content.trim();
	return text === '' ? '' : `${heading}\n\n${yield* withoutHeadings(text, level)}`;
}

/** Headings of the text that would end its section lose their meaning; code blocks are closed. */
function* withoutHeadings(content: string, level: number): Steps<string> {
	const heading = new RegExp(`^( {0,3})(?=#{1,${level}}(?:\\s|$))`);
	const escaped = createTextBuilder('\n');
	let unclosed = '';
	let work = 0;
	for (const { line, isCode, openFence } of fencedLines(content)) {
		escaped.add(isCode ? line : line.replace(heading, '$1\\'));
		unclosed = openFence;
		work += line.length + LINE_CHARS;
		if (work < STEP_CHARS) continue;
		work = 0;
		yield;
	}
	if (unclosed !== '') escaped.add(unclosed);
	return escaped.toText();
}

function isFilled(text: string): boolean {
	return text !== '';
}
