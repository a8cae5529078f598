import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_JSON_REPAIR } from '../../../engine/index';

const MESSAGES_EXAMPLE = `[
  { "role": "system", "content": "You are a helpful assistant." },
  { "role": "user", "content": "Hello!" }
]`;

/** What is asked and in which form the answer is wanted. */
export const REQUEST_FIELDS: INodeProperties[] = [
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Messages', value: 'messages', description: 'A whole conversation as JSON' },
			{ name: 'Prompt', value: 'prompt', description: 'One question or instruction' },
		],
		default: 'prompt',
		description: 'How the request is given',
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. {{ $json.chatInput }} or Summarise this text: {{ $json.text }}',
		description:
			'What the model is asked, evaluated for each item. Only with a Task under Preprocessing > Sections may it be empty.',
		displayOptions: { show: { inputType: ['prompt'] } },
	},
	{
		displayName: 'System Prompt',
		name: 'systemPrompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. You are a careful editor.',
		description: 'Role and rules that hold for the answer. Leave empty for none.',
		displayOptions: { show: { inputType: ['prompt'] } },
	},
	{
		displayName: 'History',
		name: 'history',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.messages }}',
		description:
			'What was said before, put between System Prompt and Prompt: an array of objects with role and content, or what Chat Memory Manager gives. Leave empty for none.',
		displayOptions: { show: { inputType: ['prompt'] }, hide: { '@tool': [true] } },
	},
	{
		displayName: 'Messages',
		name: 'messages',
		type: 'json',
		typeOptions: { rows: 6 },
		required: true,
		default: MESSAGES_EXAMPLE,
		description:
			'Array of objects with the keys role (system, user or assistant) and content (text), system messages first. What Chat Memory Manager or a Chat Trigger gives is taken too.',
		displayOptions: { show: { inputType: ['messages'] } },
	},
	{
		displayName: 'Attachments',
		name: 'attachments',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		description:
			'Names of binary properties of the item to send with the last user message, separated by commas: images, PDF files and audio',
	},
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: [
			{
				name: 'JSON',
				value: 'json',
				description:
					'One JSON document, parsed into the field data. Anything else is repaired, or counts as a failure.',
			},
			{ name: 'Text', value: 'text', description: 'Whatever the model writes' },
		],
		default: 'text',
		description: 'What the answer has to be',
	},
	{
		displayName: 'Schema From',
		name: 'schemaType',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Example',
				value: 'example',
				description: 'One document as it should look: all of its fields are required',
			},
			{
				name: 'JSON Schema',
				value: 'schema',
				description: 'The rules that the document has to fit',
			},
		],
		default: 'schema',
		description: 'How the shape of the document is given',
		displayOptions: { show: { outputFormat: ['json'] } },
	},
	{
		displayName: 'JSON Schema',
		name: 'jsonSchema',
		type: 'json',
		typeOptions: { rows: 4 },
		default: '{}',
		description:
			'JSON Schema that the document has to fit, such as {"type": "object", "required": ["city"]}. Leave {} to take any JSON document.',
		displayOptions: { show: { outputFormat: ['json'], schemaType: ['schema'] } },
	},
	{
		displayName: 'JSON Example',
		name: 'jsonExample',
		type: 'json',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: '{ "city": "Paris", "population": 2100000 }',
		description:
			'One document as it should look. All of its fields are required and of the types shown, and no others are allowed; a field that is null in one of several list items may be null.',
		displayOptions: { show: { outputFormat: ['json'], schemaType: ['example'] } },
	},
	{
		displayName: 'Repair Call',
		name: 'jsonRepair',
		type: 'options',
		options: [
			{
				name: 'By the Cheapest Model',
				value: 'cheapest',
				description: 'The listed model that costs least for it corrects the answer',
			},
			{ name: 'By the Same Model', value: 'same', description: 'Who wrote the answer corrects it' },
			{ name: 'Off', value: 'off', description: 'The next model is asked at once' },
		],
		default: DEFAULT_JSON_REPAIR,
		description:
			'Who gets an answer back, once for each item, whose JSON is missing or does not fit. Where that fails too, the next model is asked.',
		displayOptions: { show: { outputFormat: ['json'] } },
	},
];
