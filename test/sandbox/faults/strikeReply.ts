import type { Reply } from '../problem';
import type { Fault } from './fault';

type ReplyChange = Extract<Fault, { readonly strikes: 'reply' }>['change'];

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** The reply as a proxy on the way, or a vendor in trouble, puts it; `failure` is the vendor's own. */
export function strikeReply(reply: Reply, change: ReplyChange, failure: Reply): Reply {
	switch (change) {
		case 'html-502':
			return { status: 502, headers: { ...reply.headers, ...HTML }, body: page('502 Bad Gateway') };
		case 'wrong-content-type':
			return { status: 200, headers: { ...reply.headers, ...HTML }, body: page('Welcome') };
		case '200-error':
			return { ...failure, status: 200 };
		case 'malformed-chunk':
			return { ...reply, body: garbled(reply.body) };
	}
}

function page(title: string): string {
	return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;
}

/** A stream loses the end of one event in its middle; a document gets a byte that JSON forbids. */
function garbled(body: string): string {
	const frames = body.split('\n\n');
	if (!/^(event|data): /.test(body)) {
		const middle = Math.floor(body.length / 2);
		return `${body.slice(0, middle)}"\u0000${body.slice(middle)}`;
	}
	const middle = Math.floor(frames.length / 2);
	return frames
		.map((frame, index) =>
			index === middle ? frame.slice(0, -Math.ceil(frame.length / 3)) : frame,
		)
		.join('\n\n');
}
