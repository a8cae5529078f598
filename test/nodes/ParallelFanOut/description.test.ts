import { Workflow, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import {
	BRANCH_KINDS,
	branchSettingsSchema,
	fanOutLimitsSchema,
	VOTE_EXTRACTIONS,
	WAIT_FOR,
} from '../../../engine/index';
import { BRANCH_FIELDS } from '../../../nodes/ParallelFanOut/branchFields';
import { OUTPUT_MODES } from '../../../nodes/ParallelFanOut/readFanOut';
import { FAN_OUT, fanOut, HAIKU, MINI, models } from '../shared/underTest';

const { description } = fanOut;
const field = (name: string): INodeProperties => {
	const found = description.properties.find((property) => property.name === name);
	if (found === undefined) throw new Error(`No field "${name}"`);
	return found;
};
const values = (name: string) =>
	(field(name).options as Array<{ value: string }>).map(({ value }) => value).sort();

test('offers every mode of the engine', () => {
	expect(values('waitFor')).toEqual([...WAIT_FOR].sort());
	expect(values('extract')).toEqual([...VOTE_EXTRACTIONS].sort());
	expect(values('outputMode')).toEqual([...OUTPUT_MODES].sort());
});

test('offers every setting of a branch, and the limits with their defaults', () => {
	expect(BRANCH_FIELDS.map(({ name }) => name).sort()).toEqual(
		Object.keys(branchSettingsSchema.shape).sort(),
	);
	const limits = field('limits').options as INodeProperties[];
	expect(limits.map(({ name }) => name).sort()).toEqual(
		Object.keys(fanOutLimitsSchema.shape).sort(),
	);
	for (const [name, value] of Object.entries(fanOutLimitsSchema.parse({}))) {
		expect(limits.find((option) => option.name === name)?.default).toBe(value);
	}
});

test('a kind of branch that cannot be asked yet is not offered', () => {
	expect(BRANCH_KINDS).toEqual(['text']);
	const { options } = field('candidates') as { options: Array<{ values: INodeProperties[] }> };
	expect(options[0]?.values.map(({ name }) => name)).toEqual(['model', 'settings']);
});

describe('hints', () => {
	/** The hints that the editor shows for these parameters, by n8n's own expressions. */
	function hintsFor(parameters: INodeParameters): string[] {
		const node = {
			id: 'node',
			name: 'Node',
			type: FAN_OUT,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { candidates: models(MINI, HAIKU), prompt: 'Hi', ...parameters },
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: {
				getByName: () => fanOut,
				getByNameAndVersion: () => fanOut,
				getKnownTypes: () => ({}),
			},
		});
		return (description.hints ?? [])
			.filter(({ displayCondition = '' }) =>
				workflow.expression.getSimpleParameterValue(
					workflow.nodes.Node ?? node,
					displayCondition,
					'manual',
					{},
				),
			)
			.map(({ message }) => message);
	}

	test('says nothing about a new node', () => {
		expect(hintsFor({})).toEqual([]);
	});

	test.each([
		{ what: 'no model', parameters: { candidates: {} }, starts: 'No model is listed' },
		{ what: 'one answer', parameters: { candidates: models(MINI) }, starts: 'Only one answer' },
		{
			what: 'a minimum above the number of branches',
			parameters: { minAnswers: 3 },
			starts: 'More answers are needed than models are listed',
		},
		{
			what: 'a quorum above the number of branches',
			parameters: { waitFor: 'quorum', quorum: 3 },
			starts: 'The quorum is larger than the number of answers',
		},
		{
			what: 'a minimum above the quorum',
			parameters: { waitFor: 'quorum', quorum: 1, minAnswers: 2 },
			starts: 'Minimum Answers is larger than Quorum',
		},
		{
			what: 'agreement of two',
			parameters: { waitFor: 'agreement' },
			starts: 'With two answers both are always needed',
		},
		{
			what: 'the same model twice',
			parameters: { candidates: models(MINI, { id: MINI, label: 'again', samples: 2 }) },
			starts: 'A model is listed twice with the same settings',
		},
		{
			what: 'samples at temperature 0',
			parameters: { candidates: models({ id: MINI, samples: 5, temperature: 0 }) },
			starts: 'Samples of a model at temperature 0',
		},
	])('warns of $what', ({ parameters, starts }) => {
		expect(hintsFor(parameters as INodeParameters)).toContainEqual(
			expect.stringMatching(new RegExp(`^${starts}`)),
		);
	});

	test.each([
		{ what: 'samples count', parameters: { candidates: models({ id: MINI, samples: 3 }) } },
		{
			what: 'connected models count',
			parameters: { connectedModels: 2, candidates: models(MINI) },
		},
		{
			what: 'one model may give two perspectives',
			parameters: { candidates: models(MINI, HAIKU, { id: MINI, perspective: 'A lawyer' }) },
		},
	])('$what', ({ parameters }) => {
		const all = { minAnswers: 3, waitFor: 'agreement', ...parameters };
		expect(hintsFor(all as INodeParameters)).toEqual([]);
	});

	test('a connected model that a row names is counted once', () => {
		const parameters = {
			connectedModels: 1,
			candidates: models('connected/1', MINI),
			minAnswers: 3,
		};
		expect(hintsFor(parameters)).toContainEqual(expect.stringMatching(/^More answers are needed/));
	});
});
