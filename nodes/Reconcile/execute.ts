import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { outputSchema } from '../../engine/index';
import { errorItem, toNodeError } from '../shared/errorItem';
import { isTool } from '../shared/isTool';
import { readOptions } from '../shared/readOptions';
import { itemsOfFirst, questionPerRow, readBranches } from './branches';
import { decide, preparer, type Decision, type Prepared } from './decide';
import { OUTPUT_OPTIONS } from './description';
import { questionPerGroup, type Groups } from './groups';
import { learningHints, runHints, type QuestionFacts } from './hints';
import { learnFrom } from './learn';
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
 * Each question: its answers, whether they are in one item, in several or on several inputs, become
 * one item on Agreed or Disagreed. A failed question goes to Disagreed, where nobody takes it for an
 * answer. All questions are read and checked before the first one is decided.
 */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = this.getNode();
	const asTool = isTool(node);
	const read = parameterReader(this);
	const prepare = preparer(read);
	const failed = (question: Question, error: unknown): Outcome => {
		if (!this.continueOnFail()) throw toNodeError(node, error, question.itemIndex);
		const item = { ...errorItem(error, question.itemIndex), pairedItem: pairedItem(question) };
		return { output: DISAGREED, item, facts: {} };
	};
	const { questions, notes } = readQuestions(this, read, asTool);
	if (!asTool && read('task', 0) === 'learn') return learn(this, questions, notes, read);

	const ready = questions.map((question) => {
		try {
			return { question, prepared: prepare(question) };
		} catch (error) {
			return { question, outcome: failed(question, error) };
		}
	});
	const outcomes: Outcome[] = [];
	for (const { question, prepared, outcome } of ready) {
		outcomes.push(outcome ?? (await decided(question, prepared)));
	}
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

	async function decided(question: Question, prepared: Prepared): Promise<Outcome> {
		try {
			const decision = await decide(prepared);
			if (asTool) return toolOutcome(question, decision);
			return outcomeOf(question, decision, keptInput(question, decision, read));
		} catch (error) {
			return failed(question, error);
		}
	}
}

function readQuestions(context: IExecuteFunctions, read: ReadParameter, asTool: boolean): Groups {
	const from = asTool ? 'field' : read('answersFrom', 0);
	if (from === 'inputs') {
		return orFailed(itemsOfFirst(context), () =>
			questionPerRow(readBranches(context, read('numberInputs', 0)), read),
		);
	}
	const inputs = context.getInputData();
	if (from !== 'items') return { questions: questionPerItem(inputs, read), notes: [] };
	return orFailed(inputs, () => questionPerGroup(inputs, read));
}

/** Where the questions cannot even be told apart, each item fails. */
function orFailed(inputs: readonly INodeExecutionData[], work: () => Groups): Groups {
	try {
		return work();
	} catch (error) {
		return { questions: failedQuestions(inputs, error), notes: [] };
	}
}

/** One item with what was learnt, on Agreed. */
function learn(
	context: IExecuteFunctions,
	questions: readonly Question[],
	notes: readonly string[],
	read: ReadParameter,
): INodeExecutionData[][] {
	try {
		const { item, warnings, summary } = learnFrom(questions, preparer(read), read);
		context.addExecutionHints(...learningHints(summary, [...notes, ...warnings]));
		return [[item], []];
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, 0);
		return [[], [errorItem(error, 0)]];
	}
}

/** What of the input goes into the output; `undefined` when the builder wants none of it. */
function keptInput(
	question: Question,
	{ fields }: Decision,
	read: ReadParameter,
): KeptInput | undefined {
	const { includeInputFields } = readOptions(
		'Output',
		read('output', question.itemIndex),
		OUTPUT_OPTIONS,
		outputSchema,
	);
	if (!includeInputFields) return undefined;
	const { binary } = question;
	return {
		fields: question.fields([...fields.textFields, fields.modelField]),
		...(binary === undefined ? {} : { binary }),
	};
}

function outcomeOf(
	question: Question,
	{ result, warnings }: Decision,
	kept: KeptInput | undefined,
): Outcome {
	const { item, droppedKeys } = toItem(result, warnings, question, kept);
	const output = result.agreed ? AGREED : DISAGREED;
	return { output, item, facts: { result, warnings, droppedKeys } };
}

function toolOutcome(question: Question, { result, warnings }: Decision): Outcome {
	const item = toToolItem(result, question);
	return { output: AGREED, item, facts: { result, warnings, droppedKeys: [] } };
}
