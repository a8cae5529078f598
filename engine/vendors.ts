/**
 * The chunk that is loaded on first use: the vendors' dialects and the HTTP client. Everything that
 * is heavy to load is behind this file.
 */
import { providers } from './providers/index';
import { createTransport } from './transport';

export { createTransport, providers };

export interface Vendors {
	readonly providers: typeof providers;
	readonly createTransport: typeof createTransport;
}
