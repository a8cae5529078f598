import type { Provider, ProviderId } from '../spec/provider';
import { anthropic } from './anthropic';
import { google } from './google';
import { openai } from './openai';
import { local, openaiCompatible } from './openaiCompatible';

/** Every vendor this package can call. The only list of them. */
export const providers: Readonly<Record<ProviderId, Provider>> = {
	openai,
	anthropic,
	google,
	openaiCompatible,
	local,
};
