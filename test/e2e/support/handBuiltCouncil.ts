import { randomUUID } from 'node:crypto';
import { DEFAULT_API_KEYS } from '../../sandbox/index';
import type { NewCredential } from './credentials';
import type { WorkflowFile, WorkflowNode } from './workflows';

const CHAIN = '@n8n/n8n-nodes-langchain.chainLlm';
const COLUMN = 400;
const ROW = 200;

interface Member {
	readonly vendor: string;
	/** n8n's chat model, and what it takes to ask for this one. */
	readonly chatModel: Pick<WorkflowNode, 'type' | 'parameters'> & { readonly typeVersion: number };
	readonly credential: string;
}

const MEMBERS: readonly Member[] = [
	{
		vendor: 'OpenAI',
		chatModel: {
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.3,
			parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4o-mini-2024-07-18' } },
		},
		credential: 'openAiApi',
	},
	{
		vendor: 'Anthropic',
		chatModel: {
			type: '@n8n/n8n-nodes-langchain.lmChatAnthropic',
			typeVersion: 1.3,
			parameters: {
				model: { __rl: true, mode: 'id', value: 'claude-3-5-haiku-20241022' },
				options: { maxTokensToSample: 2000 },
			},
		},
		credential: 'anthropicApi',
	},
	{
		vendor: 'Google',
		chatModel: {
			type: '@n8n/n8n-nodes-langchain.lmChatGoogleGemini',
			typeVersion: 1,
			parameters: { modelName: 'models/gemini-1.5-flash' },
		},
		credential: 'googlePalmApi',
	},
];

/** The credentials of n8n's own nodes, pointing at a sandbox. */
export function builtinCredentials(sandboxUrl: string): NewCredential[] {
	const { openai, anthropic, google } = DEFAULT_API_KEYS;
	const at = (path: string, [apiKey]: readonly [string], field = 'url') => ({
		apiKey,
		[field]: `${sandboxUrl}${path}`,
	});
	return [
		{
			name: 'OpenAI (n8n)',
			type: 'openAiApi',
			data: { ...at('/openai/v1', openai), header: false },
		},
		{
			name: 'Anthropic (n8n)',
			type: 'anthropicApi',
			data: { ...at('/anthropic', anthropic), header: false },
		},
		{ name: 'Gemini (n8n)', type: 'googlePalmApi', data: at('/google', google, 'host') },
	];
}

/**
 * What a builder makes of n8n's own nodes today: three models answer, each compares the answers of
 * the two others without names, most points win. A node `Questions` gives out the questions.
 */
export function handBuiltCouncil(): WorkflowFile {
	const ask = (vendor: string) => `Ask ${vendor}`;
	const rank = (vendor: string) => `Rank by ${vendor}`;
	const nodes = [
		place('Manual Trigger', 'n8n-nodes-base.manualTrigger', [0, 1]),
		place('Questions', 'n8n-nodes-base.code', [1, 1], { jsCode: 'return [];' }, 2),
		...MEMBERS.flatMap(({ vendor, chatModel, credential }, row) => [
			place(ask(vendor), CHAIN, [2, row], define('={{ $json.question }}'), 1.7),
			{
				...place(modelOf(vendor), chatModel.type, [2 + row, 3], chatModel.parameters),
				typeVersion: chatModel.typeVersion,
				credentials: { [credential]: { id: '', name: '' } },
			},
			place(rank(vendor), CHAIN, [4, row], define(rankingPrompt(row)), 1.7),
		]),
		place('Merge Answers', 'n8n-nodes-base.merge', [3, 1], BY_POSITION, 3.2),
		place('Merge Rankings', 'n8n-nodes-base.merge', [5, 1], BY_POSITION, 3.2),
		place('Count Points', 'n8n-nodes-base.code', [6, 1], { jsCode: COUNT_POINTS }, 2),
	];
	const vendors = MEMBERS.map(({ vendor }) => vendor);
	const feed = (node: string, index = 0) => ({ node, type: 'main', index });
	return {
		name: 'Council, built of the nodes of n8n',
		nodes,
		connections: {
			'Manual Trigger': { main: [[feed('Questions')]] },
			Questions: {
				main: [[feed('Merge Answers'), ...vendors.map((vendor) => feed(ask(vendor)))]],
			},
			'Merge Answers': {
				main: [[feed('Merge Rankings'), ...vendors.map((vendor) => feed(rank(vendor)))]],
			},
			'Merge Rankings': { main: [[feed('Count Points')]] },
			...Object.fromEntries(
				vendors.flatMap((vendor, index) => [
					[ask(vendor), { main: [[feed('Merge Answers', index + 1)]] }],
					[rank(vendor), { main: [[feed('Merge Rankings', index + 1)]] }],
					[
						modelOf(vendor),
						{
							ai_languageModel: [
								[ask(vendor), rank(vendor)].map((node) => ({
									node,
									type: 'ai_languageModel',
									index: 0,
								})),
							],
						},
					],
				]),
			),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Where the answer of a member stands after Merge: the questions are its first input. */
const answerField = (member: number) => `text_${member + 2}`;

function rankingPrompt(judge: number): string {
	const others = MEMBERS.flatMap((_, index) => (index === judge ? [] : [answerField(index)]));
	const answers = others.map((field, index) => `${'AB'[index]}) {{ $json.${field} }}`);
	return [
		'=Decide which answer is better. Reply with A or B.',
		'Question: {{ $json.question_1 }}',
		...answers,
	].join('\n\n');
}

/** Behind the second Merge each key of the first has one suffix more. */
const COUNT_POINTS = `return $input.all().map(({ json }) => {
	const members = ${JSON.stringify(MEMBERS.map(({ vendor }) => vendor))};
	const points = Object.fromEntries(members.map((member) => [member, 0]));
	members.forEach((judge, index) => {
		const others = members.filter((member) => member !== judge);
		const letter = String(json['text_' + (index + 2)]).match(/\\b[AB]\\b/)?.[0];
		if (letter === undefined) throw new Error(judge + ' named no letter');
		points[others['AB'.indexOf(letter)]] += 1;
	});
	const winner = members.toSorted((one, other) => points[other] - points[one])[0];
	const answer = json['text_' + (members.indexOf(winner) + 2) + '_1'];
	return { json: { id: json.id_1_1, question: json.question_1_1, answer, winner, points } };
});`;

const BY_POSITION = {
	mode: 'combine',
	combineBy: 'combineByPosition',
	numberInputs: 1 + MEMBERS.length,
	options: { clashHandling: { values: { resolveClash: 'addSuffix' } } },
};

function modelOf(vendor: string): string {
	return `${vendor} Chat Model`;
}

function define(text: string): WorkflowNode['parameters'] {
	return { promptType: 'define', text };
}

function place(
	name: string,
	type: string,
	[column, row]: readonly [number, number],
	parameters: WorkflowNode['parameters'] = {},
	typeVersion = 1,
): WorkflowNode {
	const position = [column * COLUMN, row * ROW];
	return { id: randomUUID(), name, type, typeVersion, position, parameters };
}
