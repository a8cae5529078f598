import type { JsonObject } from '../json';
import { digest } from '../hash';
import { plausibleText, type Facts } from './plausibleValue';

const BY_FORMAT: Readonly<Record<string, string>> = {
	date: '2026-01-15',
	'date-time': '2026-01-15T09:30:00Z',
	time: '09:30:00Z',
	duration: 'P1D',
	email: 'sam.field@example.com',
	uri: 'https://example.com/item',
	'uri-reference': '/item',
	hostname: 'example.com',
	ipv4: '192.0.2.1',
	ipv6: '2001:db8::1',
	'json-pointer': '/item',
	regex: '.*',
};

/** Texts that satisfy the patterns people write most. */
const SAMPLES = [
	'A',
	'a',
	'1',
	'12',
	'123',
	'1234',
	'12345',
	'AB',
	'ABC',
	'abc',
	'abc-def',
	'ABC-123',
	'AB-1234',
	'abc_def',
	'2026-01-15',
	'09:30',
	'12.50',
	'#336699',
	'en',
	'en-GB',
	'+15550100',
	'Text',
	'A1',
	'https://example.com',
	'sam.field@example.com',
	'1.2.3',
	'v1.2.3',
	'12345678',
	'ab12cd34',
];

/** A text for a field that keeps to its schema's format, pattern and length. */
export function schemaString(schema: JsonObject, name: string, facts: Facts): string {
	const { format, pattern } = schema;
	const wished = plausibleText(name, facts);
	if (format === 'uuid') return uuidOf(`${facts.seed} ${name}`);
	const formatted = typeof format === 'string' ? BY_FORMAT[format] : undefined;
	if (formatted !== undefined) {
		const isDate = format === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(wished);
		const isEmail = format === 'email' && /^[^@\s]+@[^@\s]+$/.test(wished);
		return isDate || isEmail ? wished : formatted;
	}
	if (typeof pattern === 'string') {
		const rule = new RegExp(pattern, 'u');
		return [wished, ...SAMPLES].find((sample) => rule.test(sample)) ?? wished;
	}
	const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
	const most = typeof schema.maxLength === 'number' ? schema.maxLength : Infinity;
	const long = wished.length < least ? wished.padEnd(least, '.') : wished;
	return long.length > most ? long.slice(0, most) : long;
}

function uuidOf(seed: string): string {
	const hex = digest(seed, 32);
	const parts = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
	];
	return [...parts, hex.slice(20)].join('-');
}
