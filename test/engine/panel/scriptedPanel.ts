import {
	panelSchema,
	reconcile,
	reconcileSchema,
	type AnswerIn,
	type ChatRequest,
	type Panel,
	type Plan,
	type VendorCandidate,
} from '../../../engine/index';
import { candidate, planOf } from '../../support/scriptedEngine';

/** One call, no second try: what a test scripts is what happens. */
const ONCE = { retry: { maxRetries: 0, maxAttempts: 8, baseDelayMs: 1, maxDelayMs: 1 } } as const;

/** A model `<maker>/<modelId>`; its script goes by the `modelId`. */
export function model(modelId: string, maker = 'local'): VendorCandidate {
	return { ...candidate(modelId), id: `${maker}/${modelId}` };
}

/** A plan for one judge, member or writer, with others that stand in for it. */
export function seat(
	candidates: readonly (string | VendorCandidate)[],
	changes: Partial<Plan> = {},
): Plan {
	const all = candidates.map((one) => (typeof one === 'string' ? model(one) : one));
	return planOf(all, { ...ONCE, ...changes });
}

export const byMajority = (answers: readonly AnswerIn[]) =>
	reconcile(answers, reconcileSchema.parse({}));

export function panelOf(plans: readonly Plan[], changes: Partial<Panel> = {}): Panel {
	return {
		plans,
		options: panelSchema.parse({}),
		fallback: byMajority,
		seed: 'workflow-1',
		deadlineMs: 60_000,
		...changes,
	};
}

export function answersOf(texts: Readonly<Record<string, AnswerIn['text']>>): AnswerIn[] {
	return Object.entries(texts).map(([name, text]) => ({ model: name, text }));
}

/** A prompt as one reads it who goes by the real tags alone. */
export interface Seen {
	readonly code: string;
	readonly question: string | undefined;
	/** By letter, in the order shown. */
	readonly answers: ReadonlyMap<string, string>;
	/** What of the user's message stands in no tag. */
	readonly outside: string;
	readonly system: string;
}

export function seen(request: ChatRequest): Seen {
	const system = request.messages.find(({ role }) => role === 'system')?.content ?? '';
	const user = request.messages.find(({ role }) => role === 'user')?.content ?? '';
	const code = /carry the code ([0-9a-f]+)/.exec(system)?.[1] ?? 'none';
	const sections = new RegExp(
		`<(question|answer)-${code}(?: label="([A-Z])")?[^>]*>\\n([\\s\\S]*?)\\n</\\1-${code}>`,
		'g',
	);
	const answers = new Map<string, string>();
	let question: string | undefined;
	for (const [, kind, label, text] of user.matchAll(sections)) {
		if (kind === 'question') question = text;
		else answers.set(label ?? 'own', text ?? '');
	}
	return { code, question, answers, outside: user.replace(sections, ''), system };
}

/** The letter under which an answer with this text was shown. */
export function letterOf(request: ChatRequest, part: string): string {
	const found = [...seen(request).answers].find(([, text]) => text.includes(part));
	return found?.[0] ?? 'none';
}

/** A judge that finds this answer best wherever it stands. */
export const prefers = (part: string) => (request: ChatRequest) =>
	JSON.stringify({ reason: `it says ${part}`, best: letterOf(request, part) });

/** A judge that goes by the place alone. */
export const alwaysPicks = (letter: string) =>
	JSON.stringify({ reason: 'it is best', best: letter });

/** A member that ranks by this order of texts. */
export const ranks =
	(...parts: readonly string[]) =>
	(request: ChatRequest) =>
		JSON.stringify({
			reason: 'as I see it',
			ranking: parts.map((part) => letterOf(request, part)).filter((label) => label !== 'none'),
		});
