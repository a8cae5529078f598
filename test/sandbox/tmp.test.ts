import { startSandbox } from './index';
import { callOf, chat, textOf } from './support/clients';
test('x', async () => {
	const s = await startSandbox();
	const o = callOf('Chat Completions');
	const ask = async (system: string | undefined, user: string, more: object = {}, model = 'gpt-4o-mini') => {
		const r = await chat(s.url, o, '', { model, more: { messages: [...(system ? [{ role: 'system', content: system }] : []), { role: 'user', content: user }], ...more } });
		return r.status === 200 ? textOf(o, r) : r.text;
	};
	const out: string[] = [];
	const draft = await ask('You write clear, factual prose.', 'Write a blog post of about 200 words for home gardeners on this topic: Why bees matter to a vegetable garden');
	out.push(draft);
	const sum = await ask(undefined, `Summarise this text in two sentences:\n\n${draft}`);
	out.push(sum);
	out.push(await ask('You are an editor. Keep every fact; change only the wording.', `Rewrite this post in a warm, direct style and put the summary in front of it.\n\nSummary:\n${sum}\n\nPost:\n${draft}`, {}, 'gpt-4o'));
	const rows: object[] = [];
	for (const [i, review] of ['The lamp arrived after two days and is brighter than the old one. The switch feels cheap.', 'Third charger from this shop that stopped working within a month. I want my money back.', 'Nice kettle. Boils fast, a bit loud. The manual came only in French.'].entries()) {
		const schema = { type: 'object', properties: { product: { type: 'string' }, praise: { type: 'array', items: { type: 'string' } }, problems: { type: 'array', items: { type: 'string' } } }, required: ['product', 'praise', 'problems'], additionalProperties: false };
		const e = await ask('You extract facts from customer reviews. Reply with JSON only.', `Give the product, what is praised and what went wrong as JSON.\n\nReview: ${review}`, { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } } });
		out.push(e);
		const c = await ask('You classify customer reviews. Reply with JSON only.', `Classify this review as JSON with the keys sentiment and needsReply.\n\nReview: ${review}\nProblems: ${JSON.stringify(JSON.parse(e).problems)}`, { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema: { type: 'object', properties: { sentiment: { type: 'string', enum: ['positive', 'mixed', 'negative'] }, needsReply: { type: 'boolean' } }, required: ['sentiment', 'needsReply'], additionalProperties: false } } } });
		out.push(c);
		rows.push({ id: i + 1, facts: JSON.parse(e), ...JSON.parse(c) });
	}
	out.push(await ask('You are an analyst who writes for a busy shop owner.', `Here are 3 classified reviews as JSON. Name the three most useful findings, one sentence each.\n\n${JSON.stringify(rows)}`, {}, 'gpt-4o'));
	const q = 'Jay is making snowballs to prepare for a snowball fight with his sister. He can build 20 snowballs in an hour, but 2 melt every 15 minutes. How long will it take before he has 60 snowballs?';
	out.push(await ask('You sort questions. Answer with one word: arithmetic, choice or other.', `Sort this question: ${q}`));
	out.push(await ask(undefined, `${q}\n\nThink step by step and end with the answer on a line of its own.`));
	out.push(await ask('You reply to customers in one friendly sentence. You never change a result.', 'The result is 17, and 100 % of the models agree. Write the reply.'));
	out.push(await ask('You are a judge.', `Which answer is right? Reply with the letter only.\n\nQuestion: ${q}\n\nA: 5\n\nB: 6`));
	out.push(await ask(undefined, `Here are answers of three models to one question. Write the best final answer.\n\nQuestion: What is the capital of France?\n\nAnswer A: Paris\nAnswer B: Paris\nAnswer C: Lyon`));
	out.push(await ask(undefined, 'Explain how photosynthesis works'), await ask(undefined, 'What is the capital of France?'), await ask(undefined, 'Translate to German: The house is big.'));
	console.log(out.join('\n-----\n'));
	await s.close();
});
