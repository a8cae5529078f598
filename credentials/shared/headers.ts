import type { IHttpRequestOptions } from 'n8n-workflow';

/** A credential's field as a header's value; pasted line ends would make the request invalid. */
export const headerText = (value: unknown): string =>
	typeof value === 'string' ? value.trim() : '';

/** A copy of the request with these headers; empty ones are left out. */
export const withHeaders = (
	requestOptions: IHttpRequestOptions,
	headers: Readonly<Record<string, string>>,
): IHttpRequestOptions => ({
	...requestOptions,
	headers: {
		...requestOptions.headers,
		...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')),
	},
});
