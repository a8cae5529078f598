import type { IExecuteFunctions } from 'n8n-workflow';
import {
	CancelledError,
	InvalidPlanError,
	inSteps,
	longDocumentSchema,
	prepareTextSteps,
	type LongDocument,
} from '../../engine/index';
import { breather } from '../shared/breather';
import { fieldReader } from '../shared/fieldReader';
import { isBlank } from '../shared/isBlank';
import { invalidOption, readOptions } from '../shared/readOptions';
import type { Preparation } from '../shared/readRequest';
import { readText } from '../shared/readText';
import { shown } from '../shared/shown';
import { LONG_DOCUMENT_OPTIONS } from './longDocumentFields';

const GROUP = 'Long Document Options';

/**
 * Reads the text that is to be asked about in parts; `undefined` when the option is off.
 *
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readLongDocument(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	{ deadlineSeconds }: { readonly deadlineSeconds: number },
): LongDocument | undefined {
	const field = fieldReader(context, itemIndex);
	const mode = field('longDocument') ?? 'off';
	if (mode === 'off') return undefined;
	if (mode !== 'mapReduce') {
		throw new InvalidPlanError(
			`Long Document must be one of off, mapReduce, got ${shown(mode)}`,
			'Choose Long Document from its list.',
		);
	}
	const raw = field('documentText');
	const text = readText('Document Text', raw);
	if (isBlank(text)) {
		throw new InvalidPlanError(
			`Document Text is empty, got ${shown(raw)}`,
			'Give the text to read, correct its expression, or switch Long Document off.',
		);
	}
	const read = readOptions(GROUP, field('mapReduce'), LONG_DOCUMENT_OPTIONS, longDocumentSchema);
	const { combinePrompt = '', ...options } = read;
	const { chunkTokens, overlapTokens } = options;
	if (overlapTokens > chunkTokens / 2) {
		const overlap = LONG_DOCUMENT_OPTIONS.find(({ name }) => name === 'overlapTokens');
		const rule = `must be at most half of Chunk Size, which is ${chunkTokens}`;
		throw invalidOption(GROUP, overlap, 'overlapTokens', rule, overlapTokens);
	}
	return {
		...options,
		text,
		deadlineMs: deadlineSeconds * 1000,
		...(isBlank(combinePrompt) ? {} : { combinePrompt }),
	};
}

/** The document with its text prepared as the request's texts are. */
export async function completeDocument(
	context: Pick<IExecuteFunctions, 'getExecutionCancelSignal'>,
	document: LongDocument,
	preparation: Preparation,
): Promise<LongDocument> {
	const breathe = breather();
	const signal = context.getExecutionCancelSignal();
	const text = await inSteps(prepareTextSteps(document.text, preparation), async () => {
		await breathe();
		if (signal?.aborted) throw new CancelledError();
	});
	return { ...document, text };
}
