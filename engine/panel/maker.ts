import type { Candidate } from '../spec/provider';
import { MAKERS } from './makers';

const makerByName = new Map(
	MAKERS.flatMap(({ maker, names }) => names.map((name) => [name, maker])),
);

const SNAPSHOT = /-(?:latest|20\d{2}-?\d{2}-?\d{2})$/;

/**
 * Who made a model, by its ID: `openai/gpt-…`, `bedrock/anthropic.claude-…`, `gpt-…`. The model's
 * own name comes before the vendor's, since many vendors host models of others. `undefined` when
 * the ID does not tell.
 */
export function makerOf(modelId: string): string | undefined {
	const slash = modelId.indexOf('/');
	const [vendor, model] =
		slash === -1 ? ['', modelId] : [modelId.slice(0, slash), modelId.slice(slash + 1)];
	return firstMaker(model) ?? firstMaker(vendor);
}

function firstMaker(name: string): string | undefined {
	const words = name.toLowerCase().split(/[^a-z0-9]+/);
	for (const word of words) {
		// `llama3`, `gemma2`, `gpt4o`: the family with its version.
		const family = /^[a-z]+/.exec(word)?.[0] ?? '';
		const maker = makerByName.get(word) ?? makerByName.get(family);
		if (maker !== undefined) return maker;
	}
	return undefined;
}

/** The same for a candidate; a connected model's ID says nothing, what it reports does. */
export function makerOfCandidate(candidate: Candidate): string | undefined {
	return makerOf(nameOf(candidate));
}

/** Whether an answer that is signed `model` is this candidate's own. */
export function isOwn(candidate: Candidate, model: string): boolean {
	return candidate.id === model || bareName(nameOf(candidate)) === bareName(model);
}

function nameOf(candidate: Candidate): string {
	if (candidate.kind === 'vendor') return candidate.id;
	return `${candidate.model.provider ?? ''}/${candidate.model.modelId}`;
}

/** Without the vendor and the date of a snapshot: both may stand in one place and not in another. */
function bareName(modelId: string): string {
	const name = modelId.slice(modelId.lastIndexOf('/') + 1);
	return name.toLowerCase().replace(SNAPSHOT, '');
}
