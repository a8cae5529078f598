import { startSandbox, vendorOfModel, recordedQuestions, type Sandbox } from '../index';
import { CALLS, callOf, chat, textOf, type VendorCall } from '../support/clients';
import { recordings } from './recordings';
import { questionIndex } from './questionIndex';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const numeric = recordedQuestions('numeric');
const choice = recordedQuestions('choice');
const [first] = recordings();
if (first === undefined) throw new Error('No recordings');
const recordedText = (model: string, recording = first) =>
	recording.answers.find((answer) => answer.model === model)?.text;

describe('what is recorded', () => {
	test('at least 200 numeric and 60 multiple-choice questions', () => {
		expect(numeric.length).toBeGreaterThanOrEqual(200);
		expect(choice.length).toBeGreaterThanOrEqual(60);
		expect(new Set([...numeric, ...choice].map(({ id }) => id)).size).toBe(
			numeric.length + choice.length,
		);
	});

	test.each([
		['numeric', numeric],
		['choice', choice],
	] as const)('each %s question by at least six models of three vendors', (_kind, questions) => {
		for (const { models, truth, question } of questions) {
			const vendors = new Set(models.map((model) => vendorOfModel(model)));
			expect(vendors).toEqual(new Set(['openai', 'anthropic', 'google', 'compatible']));
			const big = models.filter((model) => vendorOfModel(model) !== 'compatible');
			expect(big.length).toBeGreaterThanOrEqual(6);
			expect(truth).toMatch(/^-?[\d,.]+$/);
			expect(question.length).toBeGreaterThan(50);
		}
	});

	test('finds every question again, also where it stands inside other words', () => {
		const find = questionIndex(recordings());
		for (const { id, question } of recordings()) {
			const wrapped = `# Task\nYou are careful. Question:\n\n> ${question.replaceAll(' ', '\n')}\n\nThink first.`;
			expect(find(wrapped)?.recording.id).toBe(id);
		}
	});
});

describe.each(CALLS.filter(({ vendor }) => vendor !== 'local'))('$name', (call) => {
	const models = numeric[0]?.models.filter((model) => vendorOfModel(model) === call.vendor) ?? [];

	test.each(models)('answers as %s did', async (model) => {
		const reply = await chat(sandbox.url, call, first.question, { model });
		expect(textOf(call, reply)).toBe(recordedText(model));
		expect(sandbox.calls()).toEqual([
			expect.objectContaining({ questionId: first.id, recordedModel: model }),
		]);
	});
});

const openai = callOf('Chat Completions');
const ask = async (prompt: string, model = openai.model, call: VendorCall = openai) =>
	textOf(call, await chat(sandbox.url, call, prompt, { model }));

test.each([
	['instructions before it', (question: string) => `Solve this step by step.\n\n${question}`],
	['instructions after it', (question: string) => `${question}\n\nGive the answer as JSON.`],
	['other line breaks', (question: string) => question.replaceAll(' ', '\n')],
	['other case and quotes', (question: string) => `"${question.toUpperCase()}"`],
])('finds a question with %s', async (_title, wrap) => {
	expect(await ask(wrap(first.question))).toBe(recordedText(openai.model));
});

test('the question may stand in an earlier message or in the system prompt', async () => {
	const reply = await chat(sandbox.url, openai, '', {
		more: {
			messages: [
				{ role: 'system', content: 'Think first.' },
				{ role: 'user', content: first.question },
				{ role: 'assistant', content: 'Shall I go on?' },
				{ role: 'user', content: 'Yes.' },
			],
		},
	});
	expect(textOf(openai, reply)).toBe(recordedText(openai.model));
});

test('takes the longest question where a prompt holds several', async () => {
	const [, second] = recordings();
	const longer = (second?.question.length ?? 0) > first.question.length ? second : first;
	const both = `${second?.question}\n\n${first.question}`;
	expect(await ask(both)).toBe(recordedText(openai.model, longer));
});

test('a question that is cut off is not recorded', async () => {
	await ask(first.question.slice(0, -20));
	expect(sandbox.calls()[0]).not.toHaveProperty('questionId');
});

test('an alias answers as the dated model, and the reply names the snapshot', async () => {
	const reply = await chat(sandbox.url, openai, first.question, { model: 'gpt-4o-mini' });
	expect(reply.json).toMatchObject({ model: 'gpt-4o-mini-2024-07-18' });
	expect(textOf(openai, reply)).toBe(recordedText('gpt-4o-mini-2024-07-18'));
	const gemini = callOf('Gemini');
	const flash = await chat(sandbox.url, gemini, first.question, { model: 'gemini-1.5-flash' });
	expect(flash.json).toMatchObject({ modelVersion: 'gemini-1.5-flash-002' });
});

test('a model without a recording answers as its stand-in did, and the log says whose answer it is', async () => {
	expect(await ask(first.question, 'gpt-5-mini')).toBe(recordedText('gpt-4o-mini-2024-07-18'));
	expect(sandbox.calls()[0]).toMatchObject({
		model: 'gpt-5-mini',
		recordedModel: 'gpt-4o-mini-2024-07-18',
	});
});

test('a multiple-choice question is found also with another form of answer asked for', async () => {
	const recording = recordings().find(({ kind }) => kind === 'choice');
	const question = recording?.question.replace(/Enclose the selected[^]*$/, '') ?? '';
	const text = await ask(`${question}\nReply with the number only.`, 'gpt-4o-2024-11-20');
	expect(text).toBe(recordedText('gpt-4o-2024-11-20', recording));
});

describe('a prompt that holds a question without asking it', () => {
	test('is classified when that is what it wants', async () => {
		const prompt = `Classify this question as one of: math, code, trivia.\n\n${first.question}`;
		expect(await ask(prompt)).toBe('math');
		expect(sandbox.calls()[0]).toMatchObject({ questionId: first.id });
		expect(sandbox.calls()[0]).not.toHaveProperty('recordedModel');
	});

	test('is judged when several answers to it are shown', async () => {
		const prompt = `Which answer is right? Reply with the letter.\n\n${first.question}\n\nA: 17\n\nB: 12`;
		expect(await ask(prompt)).toMatch(/^[AB]$/);
	});

	test('has its given result put into words', async () => {
		const prompt = `Write one short sentence that states the result.\n\nQuestion: ${first.question}\nAnswer: 64`;
		expect(await ask(prompt)).toMatch(/^[A-Z].*\b64\.$/);
	});
});

test('JSON mode gets the recorded solution as one JSON document', async () => {
	for (const { kind, question } of [numeric[0], choice[0]].map((found, index) => ({
		kind: index,
		question: found?.question ?? '',
	}))) {
		const reply = await chat(sandbox.url, openai, `${question}\nUse JSON.`, {
			more: { response_format: { type: 'json_object' } },
		});
		expect([kind, JSON.parse(textOf(openai, reply))]).toEqual([
			kind,
			expect.objectContaining({ answer: expect.any(String) }),
		]);
	}
});
