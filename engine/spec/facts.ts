import * as z from 'zod/v4-mini';
import { lazily } from './lazily';

/** What a prompt asks for, as the Router tells it from the text. */
export const TASKS = [
	'math',
	'code',
	'factual-qa',
	'knowledge-choice',
	'logic',
	'creative',
	'extraction',
] as const;
export type Task = (typeof TASKS)[number];

/** ISO 639-1 codes of the languages that the Router can tell apart. */
export const LANGUAGES = [
	'ar',
	'bg',
	'bn',
	'cs',
	'da',
	'de',
	'el',
	'en',
	'es',
	'fa',
	'fi',
	'fr',
	'he',
	'hi',
	'hu',
	'id',
	'it',
	'ja',
	'ko',
	'nl',
	'no',
	'pl',
	'pt',
	'ro',
	'ru',
	'sr',
	'sv',
	'ta',
	'th',
	'tr',
	'uk',
	'vi',
	'zh',
] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the Router knows of a request and no expression can see. */
export interface RequestFacts {
	/** Estimated, instructions and history included. */
	readonly inputTokens: number;
	readonly task: Task;
	/** Absent when it cannot be told: very short prompts, names, code. */
	readonly language?: Language;
	readonly hasAttachment: boolean;
}

/** What a rule asks of those facts; all that is there must hold. */
export const factConditionsSchema = lazily(() =>
	z.strictObject({
		minInputTokens: z.optional(z.int().check(z.minimum(0))),
		maxInputTokens: z.optional(z.int().check(z.minimum(1))),
		tasks: z.optional(z.array(z.enum(TASKS))),
		languages: z.optional(z.array(z.enum(LANGUAGES))),
		hasAttachment: z.optional(z.boolean()),
	}),
);
export type FactConditions = z.infer<typeof factConditionsSchema>;
