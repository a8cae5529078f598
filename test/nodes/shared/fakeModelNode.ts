import {
	BaseChatModel,
	type BaseChatModelParams,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import {
	NodeConnectionTypes,
	type INodeType,
	type ISupplyDataFunctions,
	type SupplyData,
} from 'n8n-workflow';

export interface FakeCall {
	/** Name of the model's node. */
	readonly node: string;
	readonly prompt: string;
}

type Answer = (prompt: string, name: string) => string;

/** A real LangChain chat model that answers from a function and goes through LangChain's caller. */
class FakeChatModel extends BaseChatModel {
	constructor(
		private readonly said: { answer: Answer; name: string; calls: FakeCall[] },
		params: BaseChatModelParams = { maxRetries: 2 },
	) {
		super(params);
	}

	_llmType(): string {
		return 'openai';
	}

	get model(): string {
		return 'gpt-4o-mini-2024-07-18';
	}

	async _generate(messages: BaseMessage[]): Promise<ChatResult> {
		const { answer, name, calls } = this.said;
		return await this.caller.call(async () => {
			const prompt = messages.map(({ text }) => text).join('\n');
			calls.push({ node: name, prompt });
			const text = answer(prompt, name);
			const usage_metadata = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
			const message = new AIMessage({ content: text, usage_metadata });
			return { generations: [{ text, message }] };
		});
	}
}

/** A chat model node of n8n, as the nodes see one: it builds a LangChain model for each item. */
export function fakeModelNode(answer: Answer): { node: INodeType; calls: FakeCall[] } {
	const calls: FakeCall[] = [];
	const node: INodeType = {
		description: {
			displayName: 'Fake Chat Model',
			name: 'fakeChatModel',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Fake Chat Model' },
			inputs: [],
			outputs: [NodeConnectionTypes.AiLanguageModel],
			properties: [{ displayName: 'Says', name: 'says', type: 'string', default: '' }],
		},
		async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
			const says = this.getNodeParameter('says', itemIndex, '') as string;
			if (says === 'broken') throw new Error('wrong credential');
			const { name } = this.getNode();
			const said = says === '' ? answer : () => says;
			return { response: new FakeChatModel({ answer: said, name, calls }) };
		},
	};
	return { node, calls };
}
