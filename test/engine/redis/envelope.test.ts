import { envelope, MAX_ANSWER_BYTES } from '../../../engine/redis/envelope';
import { chatResult } from '../../queue/support/chatResult';

const ANSWER = chatResult('The capital of Atlantis is Poseidonis');
const sealed = envelope('a long random text');

test('what was closed opens again', () => {
	for (const one of [envelope(), sealed]) {
		expect(one.open(one.close(ANSWER, 'name') ?? '', 'name')).toEqual(ANSWER);
	}
});

test('sealed answers show nothing, and never twice the same', () => {
	const [first = '', second = ''] = [sealed.close(ANSWER, 'name'), sealed.close(ANSWER, 'name')];
	expect(first).not.toBe(second);
	const bytes = Buffer.from(first.slice(1), 'base64').toString('latin1');
	expect(bytes).not.toMatch(/Atlantis|openai|response/);
});

test('with another key, another name or one bit changed nothing opens', () => {
	const written = sealed.close(ANSWER, 'name') ?? '';
	expect(envelope('another text').open(written, 'name')).toBeUndefined();
	expect(envelope().open(written, 'name')).toBeUndefined();
	expect(sealed.open(written, 'other name')).toBeUndefined();
	const bytes = Buffer.from(written.slice(1), 'base64');
	for (const at of [0, 12, 28, bytes.length - 1]) {
		const changed = Buffer.from(bytes);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(sealed.open(`s${changed.toString('base64')}`, 'name')).toBeUndefined();
	}
});

test('a plain answer does not pass for a sealed one', () => {
	const plain = envelope().close(ANSWER, 'name') ?? '';
	expect(sealed.open(plain, 'name')).toBeUndefined();
	expect(sealed.open('', 'name')).toBeUndefined();
	expect(sealed.open('s', 'name')).toBeUndefined();
});

test('an answer that is too large is not closed', () => {
	const large = chatResult('x'.repeat(MAX_ANSWER_BYTES));
	expect(envelope().close(large, 'name')).toBeUndefined();
	expect(sealed.close(large, 'name')).toBeUndefined();
	const fits = chatResult('x'.repeat(MAX_ANSWER_BYTES / 2));
	expect(envelope().close(fits, 'name')).toBeDefined();
	expect(sealed.close(fits, 'name')).toBeDefined();
});
