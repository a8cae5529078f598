import type { ProviderId } from '../../engine/index';
import type { CONNECTED } from './candidateRows';

/** Where one can read about the models of a list. */
interface ModelPage {
	readonly url: string;
	/** ISO date on which the address was seen in the vendor's documentation. */
	readonly checkedOn: string;
}

export const MODEL_PAGES: Readonly<Record<ProviderId | typeof CONNECTED, ModelPage>> = {
	anthropic: {
		url: 'https://platform.claude.com/docs/en/about-claude/models/overview',
		checkedOn: '2026-09-23',
	},
	connected: {
		url: 'https://docs.n8n.io/integrations/builtin/cluster-nodes/sub-nodes',
		checkedOn: '2026-11-24',
	},
	google: { url: 'https://ai.google.dev/gemini-api/docs/models', checkedOn: '2026-09-23' },
	local: { url: 'https://docs.ollama.com/api/openai-compatibility', checkedOn: '2026-10-29' },
	openai: { url: 'https://developers.openai.com/api/docs/models', checkedOn: '2026-09-23' },
	openaiCompatible: {
		url: 'https://platform.openai.com/docs/api-reference/chat',
		checkedOn: '2026-11-24',
	},
};
