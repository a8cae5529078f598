import { findJson } from '../../policies/extractJson';
import { matchesRegex, TooMuchWorkError } from '../../policies/regexMatch';
import { jsonProblem, schemaProblem } from '../../policies/validateJson';
import { InvalidPlanError } from '../../spec/errors';
import type { JsonSchema, JsonValue } from '../../spec/json';
import type { ValidityOptions } from '../../spec/reconcile';
import type { Ballot, Method } from '../ballot';
import { MATCH_STEPS, programOf } from '../extract/matched';
import { asVote, dissentOf, rankGroups } from './vote';
import { groupBallots } from '../groupBallots';

/** An answer that passed, or why it did not. */
type Checked = { readonly answer: JsonValue } | { readonly reason: string };

/**
 * The first answer, in the order given, that passes every test: a JSON Schema, a pattern, a test of
 * the builder's. `agreement` is the share of all answers that pass.
 */
export const firstValid: Method = (ballots, { validity, normalization, agreementThreshold }) => {
	requireTest(ballots, validity);
	const checked = ballots.map((ballot) => check(ballot, validity));
	const winnerIndex = checked.findIndex((one) => 'answer' in one);
	const winner = ballots[winnerIndex];
	const first = checked[winnerIndex];
	const passed = checked.filter((one) => 'answer' in one).length;
	const agreement = passed / ballots.length;
	const rejected = checked.flatMap((one, index) =>
		'reason' in one ? [{ model: ballots[index]?.model ?? '', reason: one.reason }] : [],
	);
	const valid = ballots.filter((_, index) => 'answer' in (checked[index] ?? {}));
	const groups = groupBallots(valid, normalization.relativeTolerance);
	return {
		answer: first !== undefined && 'answer' in first ? first.answer : null,
		agreement,
		agreed: winner !== undefined && agreement > agreementThreshold,
		winner: winner === undefined ? [] : [winner.model],
		votes: rankGroups(groups, () => 1).map(asVote),
		dissent: dissentOf(ballots.filter((ballot) => ballot !== winner)),
		...(rejected.length === 0 ? {} : { rejected }),
	};
};

/** What is wrong with a schema, asked once for each. */
const problems = new WeakMap<JsonSchema, string>();

function problemOf(schema: JsonSchema): string {
	const known = problems.get(schema) ?? schemaProblem(schema) ?? '';
	problems.set(schema, known);
	return known;
}

function requireTest(ballots: readonly Ballot[], { schema, pattern }: ValidityOptions): void {
	const problem = schema === undefined ? '' : problemOf(schema);
	if (problem !== '') {
		throw new InvalidPlanError(
			`The JSON Schema of First Valid cannot be used: ${problem}`,
			'Correct the JSON Schema.',
		);
	}
	const isTested = ballots.some(({ isValid }) => isValid !== undefined);
	if (schema !== undefined || pattern !== undefined || isTested) return;
	throw new InvalidPlanError(
		'First Valid has no test',
		'Set a JSON Schema, a pattern or an expression that says which answer is valid.',
	);
}

function check({ reading, isValid }: Ballot, { schema, pattern }: ValidityOptions): Checked {
	if (isValid === false) return { reason: 'Valid When is false' };
	if (reading === undefined) return { reason: 'There is nothing to read' };
	const { answer, written } = reading;
	const text = typeof answer === 'string' ? answer : written;
	if (pattern !== undefined && !isMatch(pattern, text)) {
		return { reason: `It does not match ${pattern}` };
	}
	if (schema === undefined) return { answer };
	if (typeof answer === 'object') {
		const problem = jsonProblem(answer, schema);
		return problem === undefined
			? { answer }
			: { reason: `It does not fit the schema at ${problem}` };
	}
	const found = findJson(text, schema);
	return 'value' in found ? { answer: found.value } : { reason: found.problem };
}

function isMatch(pattern: string, text: string): boolean {
	try {
		return matchesRegex(programOf(pattern, 'Pattern'), text, { steps: MATCH_STEPS });
	} catch (error) {
		if (error instanceof TooMuchWorkError) return false;
		throw error;
	}
}
