import type { WaitHint } from '../problem';

/** What can be made to go wrong, by its name in control calls and model IDs. */
export const FAULT_NAMES = [
	'429',
	'429-seconds-<n>',
	'429-date-<n>',
	'429-ms-<n>',
	'429-retryinfo-<n>',
	'quota',
	'500',
	'503',
	'529',
	'html-502',
	'reset',
	'reset-mid-body',
	'hang',
	'hang-body',
	'slow-drip',
	'stall-mid-body',
	'truncated-json',
	'malformed-chunk',
	'no-end',
	'no-end-open',
	'empty-body',
	'empty-answer',
	'refusal',
	'length',
	'wrong-json',
	'200-error',
	'wrong-content-type',
	'context-length',
	'content-filter',
	'401',
	'403',
	'404',
	'no-prefill',
] as const;

/** How a reply goes out; all but `whole` are failures of the connection or of the body. */
export type DeliveryMode =
	| 'whole'
	| 'reset'
	| 'reset-mid-body'
	| 'hang'
	| 'hang-body'
	| 'slow-drip'
	| 'stall-mid-body'
	| 'truncated-json'
	/** All of it, without the mark that says so: the connection closes, or stays open. */
	| 'no-end'
	| 'no-end-open'
	| 'empty-body';

export type ProblemFault =
	| 'rate-limit'
	| 'quota'
	| 'server'
	| 'unavailable'
	| 'overloaded'
	| 'context-length'
	| 'content-filter'
	| 'wrong-key'
	| 'forbidden'
	| 'model-not-found';

/** A fault by where it strikes. */
export type Fault = { readonly name: string } & (
	| { readonly strikes: 'request'; readonly problem: ProblemFault; readonly hint?: WaitHint }
	| {
			readonly strikes: 'answer';
			readonly change: 'empty-answer' | 'refusal' | 'length' | 'wrong-json';
	  }
	| {
			readonly strikes: 'reply';
			readonly change: 'html-502' | 'wrong-content-type' | '200-error' | 'malformed-chunk';
	  }
	/** Refused only where the request ends with the start of an answer. */
	| { readonly strikes: 'prefill' }
	| { readonly strikes: 'delivery'; readonly mode: Exclude<DeliveryMode, 'whole'> }
);

const PROBLEMS: Readonly<Record<string, ProblemFault>> = {
	'429': 'rate-limit',
	quota: 'quota',
	'500': 'server',
	'503': 'unavailable',
	'529': 'overloaded',
	'context-length': 'context-length',
	'content-filter': 'content-filter',
	'401': 'wrong-key',
	'403': 'forbidden',
	'404': 'model-not-found',
};

const RATE_LIMIT = /^429-(seconds|date|ms|retryinfo)-(\d{1,9})$/;

/** `undefined` for a name that is not in `FAULT_NAMES`. */
export function parseFault(name: string): Fault | undefined {
	const [, form, amount] = RATE_LIMIT.exec(name) ?? [];
	if (form !== undefined) {
		const hint = { form: form as WaitHint['form'], amount: Number(amount) };
		return { name, strikes: 'request', problem: 'rate-limit', hint };
	}
	const problem = Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name] : undefined;
	if (problem !== undefined) return { name, strikes: 'request', problem };
	switch (name) {
		case 'empty-answer':
		case 'refusal':
		case 'length':
		case 'wrong-json':
			return { name, strikes: 'answer', change: name };
		case 'html-502':
		case 'wrong-content-type':
		case '200-error':
		case 'malformed-chunk':
			return { name, strikes: 'reply', change: name };
		case 'no-prefill':
			return { name, strikes: 'prefill' };
		case 'reset':
		case 'reset-mid-body':
		case 'hang':
		case 'hang-body':
		case 'slow-drip':
		case 'stall-mid-body':
		case 'truncated-json':
		case 'no-end':
		case 'no-end-open':
		case 'empty-body':
			return { name, strikes: 'delivery', mode: name };
		default:
			return undefined;
	}
}

/** As `parseFault`, but a name that does not exist is an error that lists those that do. */
export function faultOf(name: string): Fault {
	const fault = parseFault(name);
	if (fault === undefined) {
		throw new Error(`"${name}" is not a fault; there are ${FAULT_NAMES.join(', ')}`);
	}
	return fault;
}
