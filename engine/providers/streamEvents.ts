/** One server-sent event. Source: html.spec.whatwg.org, section 9.2, read 2026-11-24. */
export interface StreamEvent {
	/** Its `event` field; absent when it has none. */
	readonly name?: string;
	/** Its `data` fields, one a line. */
	readonly data: string;
}

/** Reads events out of a body that arrives in pieces, cut anywhere. */
export interface EventReader {
	/** The events that this piece of text completes. */
	readonly push: (text: string) => readonly StreamEvent[];
	/** The event that the body ends with, when the blank line after it is missing. */
	readonly end: () => readonly StreamEvent[];
}

/** Lines end with LF or CRLF. A lone CR, which the standard also allows, is sent by no vendor. */
export function readEvents(): EventReader {
	// Joined only when its line ends: a long line in many pieces is not copied with each.
	let line: string[] = [];
	let name: string | undefined;
	let data: string[] = [];

	function finish(): readonly StreamEvent[] {
		const event = { ...(name === undefined ? {} : { name }), data: data.join('\n') };
		const isEmpty = data.length === 0;
		name = undefined;
		data = [];
		return isEmpty ? [] : [event];
	}

	function takeLine(): readonly StreamEvent[] {
		const text = line.join('').replace(/\r$/, '');
		line = [];
		if (text === '') return finish();
		const colon = text.indexOf(':');
		const field = colon === -1 ? text : text.slice(0, colon);
		const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '');
		if (field === 'data') data.push(value);
		else if (field === 'event') name = value;
		return [];
	}

	return {
		push: (text) => {
			const events: StreamEvent[] = [];
			const [first = '', ...rest] = text.split('\n');
			line.push(first);
			for (const next of rest) {
				events.push(...takeLine());
				line.push(next);
			}
			return events;
		},
		end: () => [...takeLine(), ...finish()],
	};
}
