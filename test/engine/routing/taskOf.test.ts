import { taskOf } from '../../../engine/routing/decideTier';
import type { Task } from '../../../engine/spec/facts';

/** Written for this test; none of them was learnt from. */
const PROMPTS: ReadonlyArray<{ readonly task: Task; readonly prompt: string }> = [
	{
		task: 'math',
		prompt: 'A train travels 120 km in 1.5 hours. What is its average speed in km/h?',
	},
	{ task: 'math', prompt: 'Solve the equation 2x^2 - 8x + 6 = 0.' },
	{
		task: 'math',
		prompt: 'A recipe needs 250 g of flour for 4 people. How much flour is needed for 10 people?',
	},
	{ task: 'code', prompt: 'Write a Python function that checks whether a string is a palindrome.' },
	{
		task: 'code',
		prompt:
			'Fix this bug:\n```js\nfor (let i = 0; i <= list.length; i++) console.log(list[i].name);\n```',
	},
	{
		task: 'code',
		prompt: 'Write a SQL query that lists all customers without an order in the last year.',
	},
	{ task: 'code', prompt: 'How do I revert the last commit in git without losing my changes?' },
	{ task: 'factual-qa', prompt: 'Who painted the Mona Lisa?' },
	{ task: 'factual-qa', prompt: 'What is the capital of Mongolia?' },
	{ task: 'factual-qa', prompt: 'When was the first moon landing?' },
	{
		task: 'knowledge-choice',
		prompt:
			'Which gas do plants absorb from the air?\nA. Oxygen\nB. Carbon dioxide\nC. Nitrogen\nD. Helium\nAnswer:',
	},
	{
		task: 'knowledge-choice',
		prompt: 'Which of these is a mammal? (A) shark (B) dolphin (C) trout (D) eel',
	},
	{
		task: 'logic',
		prompt:
			'Three boxes are labelled wrongly: apples, oranges, mixed. You may draw one fruit. How do you label them right?',
	},
	{ task: 'creative', prompt: 'Write a poem about the sea in the style of a lullaby.' },
	{
		task: 'creative',
		prompt: 'Write a short story about an astronaut who finds a garden on Mars.',
	},
	{ task: 'creative', prompt: 'Suggest a catchy name and slogan for a vegan bakery.' },
	{
		task: 'extraction',
		prompt:
			'Extract the sender, the date and the amount from this invoice and return JSON: Invoice 2031, 4 May 2024, ACME Ltd., total 1,240.00 EUR.',
	},
	{
		task: 'extraction',
		prompt:
			'Summarize the following article in three sentences: The council voted on Tuesday to close the bridge for repairs.',
	},
	{
		task: 'extraction',
		prompt:
			'Classify this ticket as bug, feature request or question: The export button does nothing.',
	},
	{
		task: 'extraction',
		prompt: 'Translate the following text into French: The meeting starts at ten.',
	},
];

test.each(PROMPTS)('$task: $prompt', ({ task, prompt }) => {
	expect(taskOf(prompt)).toBe(task);
});

test.each(['', ' \n\t', '???', '\ud800', '请写一首诗'].map((prompt) => ({ prompt })))(
	'"$prompt" has a task too, the same each time',
	({ prompt }) => {
		expect(taskOf(prompt)).toBe(taskOf(prompt));
		expect(typeof taskOf(prompt)).toBe('string');
	},
);
