import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLog } from './callLog';
import { faultOf } from './faults/fault';
import type { FaultBoard } from './faults/faultBoard';
import { isObject, numberAt, parseJson, textAt, type JsonObject } from './json';
import { checkLatency } from './latency';
import { readMatch } from './match';
import { readBody } from './readBody';
import { recordedQuestions } from './recorded/recordedQuestions';
import { QUESTION_KINDS, type QuestionKind } from './recorded/recordings';

export const CONTROL_PREFIX = '/__sandbox/';

export interface ControlParts {
	readonly log: CallLog;
	readonly board: FaultBoard;
	/** Forgets calls, faults, latencies and prompt caches. */
	readonly reset: () => void;
}

type Handler = (parts: ControlParts, body: JsonObject, url: URL) => unknown;

/** The sandbox's own controls over HTTP; never logged as calls. */
const HANDLERS: Readonly<Record<string, Handler>> = {
	'GET health': () => ({ ok: true }),
	'GET calls': ({ log }) => ({ calls: log.list() }),
	'DELETE calls': ({ log }) => {
		log.clear();
		return { ok: true };
	},
	'POST faults': ({ board }, body) => {
		const times = numberAt(body, 'times');
		if (
			body.times !== undefined &&
			(times === undefined || times < 1 || !Number.isInteger(times))
		) {
			throw new Error(`"times" must be a whole number from 1, got ${JSON.stringify(body.times)}`);
		}
		board.setFault(readMatch(body.match), faultOf(textAt(body, 'fault') ?? ''), times);
		return { ok: true };
	},
	'DELETE faults': ({ board }) => {
		board.clearFaults();
		return { ok: true };
	},
	'POST latency': ({ board }, body) => {
		board.setLatency(readMatch(body.match), checkLatency(body.distribution ?? null));
		return { ok: true };
	},
	'DELETE latency': ({ board }) => {
		board.clearLatency();
		return { ok: true };
	},
	'POST reset': ({ reset }) => {
		reset();
		return { ok: true };
	},
	'GET questions': (_parts, _body, url) => {
		const kind = QUESTION_KINDS.find((one) => one === url.searchParams.get('kind'));
		if (kind === undefined) throw new Error(`"kind" must be one of ${QUESTION_KINDS.join(', ')}`);
		return { questions: recordedQuestions(kind satisfies QuestionKind) };
	},
};

export async function control(
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	parts: ControlParts,
): Promise<void> {
	const name = `${request.method ?? 'GET'} ${url.pathname.slice(CONTROL_PREFIX.length)}`;
	const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
	if (handler === undefined) {
		send(response, 404, {
			error: `No such control; there are ${Object.keys(HANDLERS).join(', ')}`,
		});
		return;
	}
	try {
		const text = (await readBody(request)) ?? '';
		const body = text === '' ? {} : parseJson(text);
		if (!isObject(body)) throw new Error('The body must be a JSON object');
		send(response, 200, handler(parts, body, url));
	} catch (error) {
		send(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(body));
}
