import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CancelledError, outputSchema } from '../../engine/index';
import { errorItem, toNodeError } from '../shared/errorItem';
import { startExecution } from '../shared/execution';
import { readOptions } from '../shared/readOptions';
import { sharedStateHints } from '../shared/sharedState';
import { slidingWindow, type WindowTask } from '../shared/slidingWindow';
import { itemsOfFirst, questionPerRow, readBranches } from './branches';
import { decide, preparer, type Decision, type PanelSeat, type Prepared } from './decide';
import { panelWork } from './decideByPanel';
import { OUTPUT_OPTIONS } from './description';
import { questionPerGroup, type Groups } from './groups';
import { learningHints, runHints, type QuestionFacts } from './hints';
import { learnFrom } from './learn';
import { parameterReader, type ReadParameter } from './parameterReader';
import { panelistReader } from './readPanelists';
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
	const execution = await startExecution(this);
	const { node, asTool, run, shared } = execution;
	const read = parameterReader(this);
	const prepare = preparer(read);
	const failed = (question: Question, error: unknown): Outcome => {
		if (!this.continueOnFail()) throw toNodeError(node, error, question.itemIndex);
		const item = { ...errorItem(error, question.itemIndex), pairedItem: pairedItem(question) };
		return { output: DISAGREED, item, facts: {} };
	};
	const { questions, notes } = readQuestions(this, read, asTool);
	if (!asTool && read('task', 0) === 'learn') return learn(this, questions, notes, read);

	const panelistsOf = panelistReader(this, execution);
	const tasks: Array<WindowTask<Outcome>> = [];
	for (const question of questions) {
		try {
			const prepared = prepare(question);
			const panel = await seat(question);
			const concurrency = panel?.panelists.concurrency ?? Infinity;
			tasks.push({ concurrency, run: async () => await decided(question, prepared, panel) });
		} catch (error) {
			const outcome = failed(question, error);
			tasks.push({ concurrency: Infinity, run: async () => outcome });
		}
	}
	const settled = await slidingWindow(tasks, {
		signal: run.signal,
		stopOnFailure: !this.continueOnFail(),
	});
	const firstFailure = settled.find((result) => result?.status === 'rejected');
	if (firstFailure?.status === 'rejected') throw firstFailure.reason;
	const outcomes = questions.map((question, index) => {
		const result = settled[index];
		return result?.status === 'fulfilled' ? result.value : failed(question, new CancelledError());
	});
	this.addExecutionHints(
		...runHints(
			outcomes.map(({ facts }) => facts),
			notes,
		),
		...sharedStateHints(shared),
	);
	// n8n hands only the first output of a tool to the agent.
	if (asTool) return [outcomes.map(({ item }) => item), []];
	return [AGREED, DISAGREED].map((wanted) =>
		outcomes.filter(({ output }) => output === wanted).map(({ item }) => item),
	);

	/** Who is asked about a question; `undefined` where no model is. */
	async function seat({ itemIndex, sources }: Question): Promise<PanelSeat | undefined> {
		const work = panelWork(read, itemIndex, asTool);
		if (work === undefined) return undefined;
		if (shared.problem !== undefined) throw shared.problem;
		const panelists = await panelistsOf(itemIndex, work.label);
		return { work, panelists, sources };
	}

	async function decided(
		question: Question,
		prepared: Prepared,
		panel: PanelSeat | undefined,
	): Promise<Outcome> {
		try {
			const decision = await decide(prepared, panel);
			if (asTool) return toolOutcome(question, decision);
			return outcomeOf(question, decision, keptInput(question, prepared, read));
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
	{ fields }: Prepared,
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
	{ result, output, warnings, asked }: Decision,
	kept: KeptInput | undefined,
): Outcome {
	const { item, droppedKeys } = toItem(output, question, kept);
	const facts = { result, warnings, droppedKeys, ...(asked === undefined ? {} : { asked }) };
	return { output: result.agreed ? AGREED : DISAGREED, item, facts };
}

function toolOutcome(question: Question, { result, warnings }: Decision): Outcome {
	const item = toToolItem(result, question);
	return { output: AGREED, item, facts: { result, warnings, droppedKeys: [] } };
}
