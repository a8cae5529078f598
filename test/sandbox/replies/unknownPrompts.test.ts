import { startSandbox, type Sandbox } from '../index';
import { CALLS, callOf, chat, textOf } from '../support/clients';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const openai = callOf('Chat Completions');
async function reply(prompt: string, system?: string, model = openai.model): Promise<string> {
	const messages = [
		...(system === undefined ? [] : [{ role: 'system', content: system }]),
		{ role: 'user', content: prompt },
	];
	const answer = await chat(sandbox.url, openai, '', { model, more: { messages } });
	expect(answer.status).toBe(200);
	return textOf(openai, answer);
}

const ARTICLE =
	'The city of Lyon opened a new tram line on Monday. The line connects the airport with the old town ' +
	'in 25 minutes. Ticket sales rose by 18% in the first week, and the operator carried 42,000 passengers. ' +
	'Some residents complain about noise at night. The mayor, Claire Dubois, says that quieter wheels will ' +
	'be fitted by 2026-03-01. A second line is planned for next year.';

const COMPLAINT =
	'Hello, this is Sam Field (sam.field@example.org). My order #A-4471 arrived damaged and I want a refund ' +
	'of $129.90. This is terrible, I am angry and disappointed.';

test.each(CALLS)('$name answers the same prompt in the same way', async (call) => {
	const ask = async () => textOf(call, await chat(sandbox.url, call, 'What makes a good team?'));
	const once = await ask();
	expect(once.length).toBeGreaterThan(40);
	expect(await ask()).toBe(once);
});

test('models differ in their words', async () => {
	const models = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-3.5-turbo'];
	const texts = await Promise.all(
		models.map(
			async (model) => await reply('Write a blog post about composting', undefined, model),
		),
	);
	expect(new Set(texts).size).toBeGreaterThan(2);
});

test('a summary is made of the text itself and keeps to the length', async () => {
	const summary = await reply(`Summarise the following text in two sentences:\n\n${ARTICLE}`);
	const sentences = summary.split(/(?<=[.])\s(?=[A-Z])/);
	expect(sentences).toHaveLength(2);
	for (const sentence of sentences) expect(ARTICLE).toContain(sentence);
	const points = await reply(`Give 3 bullet points as a summary:\n\n${ARTICLE}`);
	expect(points.split('\n').map((line) => line.slice(0, 2))).toEqual(['- ', '- ', '- ']);
});

test('an order in the system prompt is carried out on the user message', async () => {
	const summary = await reply(ARTICLE, 'You summarize news. One sentence.');
	expect(ARTICLE).toContain(summary.split(/(?<=[.])\s(?=[A-Z])/)[0] ?? '?');
	expect(summary.length).toBeLessThan(ARTICLE.length / 2);
});

test.each([
	['one of', 'Classify the sentiment as one of: positive, negative, neutral.', 'negative'],
	['into', 'Classify this message into billing, technical or sales.', 'billing'],
	[
		'brackets',
		'Is this message urgent? Decide (positive/negative) and say nothing else.',
		'negative',
	],
])('a classification replies with one of the labels (%s)', async (_form, order, label) => {
	expect(await reply(`${order}\n\n${COMPLAINT}`)).toBe(label);
});

test('an extraction fills the fields that it is asked for from the text', async () => {
	const order = 'Extract name, email, order_number and amount from the message. Reply in JSON.';
	const text = await reply(`${order}\n\nMessage:\n${COMPLAINT}`);
	expect(JSON.parse(text)).toMatchObject({
		name: 'Sam Field',
		email: 'sam.field@example.org',
		amount: '$129.90',
		order_number: '#A-4471',
	});
	const lines = await reply(`Extract the name, the email and the amount:\n\n${COMPLAINT}`);
	expect(lines.split('\n')).toEqual([
		'Name: Sam Field',
		'Email: sam.field@example.org',
		'Amount: $129.90',
	]);
});

test('JSON by example has the keys of the example', async () => {
	const text = await reply(
		`Return JSON like {"title": "...", "sentiment": "..."} for:\n\n${COMPLAINT}`,
	);
	expect(JSON.parse(text)).toEqual({ title: expect.any(String), sentiment: 'negative' });
});

test('a rewrite keeps the text and changes its style', async () => {
	const source = "We can't ship today. It's a very big order and we need help.";
	const formal = await reply(`Rewrite this text in a formal tone:\n\n${source}`);
	expect(formal).toBe(
		'We cannot ship today. It is a very big order and we require ' + formal.split(' ').at(-1),
	);
	const bullets = await reply(`Format this as a bullet list:\n\n${source}`);
	expect(bullets.split('\n')).toHaveLength(2);
});

test('insights name the figures of the data', async () => {
	const data =
		'Region North: revenue 120,000. Region South: revenue 480,500. Region West: revenue 90,200.';
	const text = await reply(`Analyse this data and give insights:\n\n${data}`);
	expect(text).toContain('480,500');
	expect(text.split('\n').length).toBeGreaterThanOrEqual(3);
});

test('a piece of writing is about its topic', async () => {
	const post = await reply('Write a blog post about urban beekeeping.');
	expect(post).toMatch(/^# Urban beekeeping\n/);
	expect(post.split('\n\n').length).toBeGreaterThanOrEqual(4);
	const short = await reply('Write two sentences about urban beekeeping.');
	expect(short.toLowerCase()).toContain('urban beekeeping');
	expect(short.length).toBeLessThan(350);
});

test('insights on a table count what its records share', async () => {
	const rows = [
		{ id: 1, mood: 'bad', notes: { part: 'the left hinge' } },
		{ id: 2, mood: 'bad', notes: { part: 'the cable' } },
		{ id: 3, mood: 'good', notes: { part: 'the cable' } },
	];
	const order = 'Here are 3 records as JSON. Name the three most useful findings.';
	const text = await reply(`${order}\n\n${JSON.stringify(rows)}`);
	expect(text.split('\n').slice(0, 2)).toEqual([
		'1. Mood is bad in 2 of 3 records.',
		'2. Part is the cable in 2 of 3 records.',
	]);
});

test('of several answers to one question the one given most is taken', async () => {
	const prompt =
		'Write the best final answer.\n\nAnswer A: Lyon\nAnswer B: Paris\nAnswer C: Paris\nAnswer D: Nice';
	expect(await reply(prompt)).toBe('Paris');
});

test('a result that is found already is put into a sentence', async () => {
	const prompt = 'The result is 17, and 67 % of the models agree. Write the reply.';
	const text = await reply(prompt, 'You reply to customers in one friendly sentence.');
	expect(text).toMatch(/^[A-Z].* 17, and 67 % of the models agree\.$/);
});

test('a question on a given text is answered from the text', async () => {
	const text = await reply(`When will quieter wheels be fitted? Use this text:\n\n${ARTICLE}`);
	expect(text).toContain('2026-03-01');
});

test.each([
	['What is 17 * 3?', '51'],
	['12 + 30 =', '42'],
	['Reply with exactly "pong"', 'pong'],
	['Say hello', 'hello'],
	['Hello!', 'Hello! How can I help you today?'],
	['What is the capital of France?', 'The capital of France is Paris.'],
])('%s → %s', async (prompt, expected) => {
	expect(await reply(prompt)).toBe(expected);
});

test('a choice between lettered options replies with a letter', async () => {
	const prompt =
		'Which answer is best? Reply with the letter.\n\nA: Bees fly.\nB: Bees swim.\nC: Bees dig.';
	expect(await reply(prompt)).toMatch(/^[ABC]$/);
});

test('stop sequences and limits end the text as the vendor would', async () => {
	const call = callOf('Anthropic');
	const ask = async (more: object) =>
		await chat(sandbox.url, call, 'Write a blog post about urban beekeeping.', { more });
	const stopped = await ask({ stop_sequences: ['\n\n'] });
	expect(stopped.json).toMatchObject({
		stop_reason: 'stop_sequence',
		stop_sequence: '\n\n',
		content: [{ text: '# Urban beekeeping' }],
	});
	const cut = await ask({ max_tokens: 12 });
	expect(cut.json).toMatchObject({ stop_reason: 'max_tokens' });
	expect(
		(cut.json as { usage: { output_tokens: number } }).usage.output_tokens,
	).toBeLessThanOrEqual(12);
});
