import { FakeListChatModel } from '@langchain/core/utils/testing';
import { AsyncCaller } from '@langchain/core/utils/async_caller';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessage } from '@langchain/core/messages';
import { withoutRetries } from '../../../nodes/shared/withoutRetries';

/** A model that goes through LangChain's own caller, as the vendors' models do. */
class FailingModel extends BaseChatModel {
	calls = 0;

	constructor() {
		super({ maxRetries: 2 });
		this.caller = new AsyncCaller({ maxRetries: 2, onFailedAttempt: () => {} });
	}

	_llmType(): string {
		return 'failing';
	}

	async _generate(): Promise<never> {
		return await this.caller.call(async () => {
			this.count();
			throw new Error('overloaded');
		});
	}

	private count = () => {
		this.calls++;
	};
}

/** Like ChatOpenAI, which hands the work to one of two inner models. */
class Delegating extends BaseChatModel {
	constructor(readonly completions: FailingModel) {
		super({});
	}

	_llmType(): string {
		return 'delegating';
	}

	async _generate(): Promise<never> {
		return await this.completions._generate();
	}
}

type Invocable = { invoke: (text: string) => Promise<unknown> };

test('a copy makes one request a call', async () => {
	const model = new FailingModel();
	const { model: copy, warning } = withoutRetries(model);
	await expect((copy as Invocable).invoke('hi')).rejects.toThrow('overloaded');
	expect(model.calls).toBe(1);
	expect(warning).toBeUndefined();
});

test('the model itself keeps its retries', () => {
	const model = new FailingModel();
	withoutRetries(model);
	expect(Reflect.get(model.caller, 'maxRetries')).toBe(2);
});

test('reaches the models inside a model', async () => {
	const inner = new FailingModel();
	const { model: copy } = withoutRetries(new Delegating(inner));
	await expect((copy as Invocable).invoke('hi')).rejects.toThrow('overloaded');
	expect(inner.calls).toBe(1);
	expect(Reflect.get(inner.caller, 'maxRetries')).toBe(2);
});

test('a copy still answers', async () => {
	const { model } = withoutRetries(new FakeListChatModel({ responses: ['hello'] }));
	expect(((await (model as Invocable).invoke('hi')) as AIMessage).content).toBe('hello');
});

test('switches off a count that the model keeps itself', () => {
	const model = { invoke: async () => 'x', maxRetries: 6 };
	expect(withoutRetries(model).model).toMatchObject({ maxRetries: 0 });
	expect(model.maxRetries).toBe(6);
});

test('warns about a model whose retries cannot be seen', () => {
	expect(withoutRetries({ invoke: async () => 'x' }).warning).toMatch(/cannot be switched off/);
});

test('does not warn about models of community nodes, which n8n calls once', () => {
	const model = { invoke: async () => 'x', _llmType: () => 'n8n-chat-model' };
	expect(withoutRetries(model)).toEqual({ model });
});
