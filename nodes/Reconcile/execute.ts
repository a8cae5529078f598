import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { outputSchema } from '../../engine/index';
import { errorItem, toNodeError } from '../shared/errorItem';
import { isTool } from '../shared/isTool';
import { readOptions } from '../shared/readOptions';
import { decider, type Decision } from './decide';
import { OUTPUT_OPTIONS } from './description';
import { questionPerGroup, type Groups } from './groups';
import { runHints, type QuestionFacts } from './hints';
import { parameterReader, type ReadParameter } from './parameterReader';
import { failedQuestions, questionPerItem, type Question } from './questions';
import { pairedItem, toItem, toToolItem, type KeptInput } from './toItem';

const AGREED = 0;
const DISAGREED = 1;

/** What one question became. */
interface Outcome {
	readonly output: typeof AGREED | typeof DISAGREED;
	readonly item: INodeExecutionData;
	readonly facts: QuestionFacts;
}

/**
 * Each question: its answers, whether they are in one item or in several, become one item on
 * Agreed or Disagreed. A failed question goes to Disagreed, where nobody takes it for an answer.
 */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = this.getNode();
	const asTool = isTool(node);
	const inputs = this.getInputData();
	const read = parameterReader(this);
	const decide = decider(read);
	const { questions, notes } = readQuestions(inputs, read, asTool);

	const outcomes = questions.map((question): Outcome => {
		try {
			const decision = decide(question);
			if (asTool) return toolOutcome(question, decision);
			return outcome(question, decision, keptInput(question, decision, inputs, read));
		} catch (error) {
			if (!this.continueOnFail()) throw toNodeError(node, error, question.itemIndex);
			const item = { ...errorItem(error, question.itemIndex), pairedItem: pairedItem(question) };
			return { output: DISAGREED, item, facts: {} };
		}
	});

	this.addExecutionHints(
		...runHints(
			outcomes.map(({ facts }) => facts),
			notes,
		),
	);
	// n8n hands only the first output of a tool to the agent.
	if (asTool) return [outcomes.map(({ item }) => item), []];
	return [AGREED, DISAGREED].map((wanted) =>
		outcomes.filter(({ output }) => output === wanted).map(({ item }) => item),
	);
}

function readQuestions(
	inputs: readonly INodeExecutionData[],
	read: ReadParameter,
	asTool: boolean,
): Groups {
	if (asTool || read('answersFrom', 0) !== 'items') {
		return { questions: questionPerItem(inputs, read), notes: [] };
	}
	try {
		return questionPerGroup(inputs, read);
	} catch (error) {
		return { questions: failedQuestions(inputs, error), notes: [] };
	}
}

/** What of the input goes into the output; `undefined` when the builder wants none of it. */
function keptInput(
	question: Question,
	{ fields }: Decision,
	inputs: readonly INodeExecutionData[],
	read: ReadParameter,
): KeptInput | undefined {
	const { includeInputFields } = readOptions(
		'Output',
		read('output', question.itemIndex),
		OUTPUT_OPTIONS,
		outputSchema,
	);
	if (!includeInputFields) return undefined;
	const binary = question.itemIndices.length === 1 ? inputs[question.itemIndex]?.binary : undefined;
	return {
		fields: question.fields(Object.values(fields)),
		...(binary === undefined ? {} : { binary }),
	};
}

function outcome(
	question: Question,
	{ result, absent }: Decision,
	kept: KeptInput | undefined,
): Outcome {
	const { item, droppedKeys } = toItem(result, absent, question, kept);
	const output = result.agreed ? AGREED : DISAGREED;
	return { output, item, facts: { result, absent, droppedKeys } };
}

function toolOutcome(question: Question, { result, absent }: Decision): Outcome {
	const item = toToolItem(result, question);
	return { output: AGREED, item, facts: { result, absent, droppedKeys: [] } };
}
