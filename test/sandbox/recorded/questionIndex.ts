import { normalise } from './normalise';
import type { Recording } from './recordings';

/** What a data set asks of the answer's form: prompts may ask for another, so it is not matched. */
const FORM_REQUEST = /\bEnclose the selected answer number\b[^]*$/;
/** Long enough to tell most questions apart, shorter than all of them. */
const KEY_LENGTH = 32;

export interface Found {
	readonly recording: Recording;
	/** The prompt's own words around the question, normalised. */
	readonly around: string;
}

/** Finds the longest recorded question that a prompt contains. */
export type FindQuestion = (prompt: string) => Found | undefined;

export function questionIndex(recordings: readonly Recording[]): FindQuestion {
	const byKey = new Map<string, { readonly text: string; readonly recording: Recording }[]>();
	for (const recording of recordings) {
		const text = ` ${normalise(recording.question.replace(FORM_REQUEST, ''))} `;
		const key = text.slice(0, KEY_LENGTH);
		byKey.set(key, [...(byKey.get(key) ?? []), { text, recording }]);
	}
	return (prompt) => {
		const said = ` ${normalise(prompt)} `;
		let best: { text: string; recording: Recording; at: number } | undefined;
		// Questions start at a word, so only the spaces are looked at.
		for (let at = 0; at !== -1; at = said.indexOf(' ', at + 1)) {
			for (const entry of byKey.get(said.slice(at, at + KEY_LENGTH)) ?? []) {
				const isLonger = best === undefined || entry.text.length > best.text.length;
				if (isLonger && said.startsWith(entry.text, at)) best = { ...entry, at };
			}
		}
		if (best === undefined) return undefined;
		const { text, recording, at } = best;
		return { recording, around: said.slice(0, at) + said.slice(at + text.length - 1) };
	};
}
