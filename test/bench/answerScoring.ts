/**
 * Whether an answer is right, by the rule of the data set it comes from. `npm run bench` prints how
 * often each rule, applied to the recorded final answer, gives the recorded verdict.
 */
type Rule = (answer: string, truth: string) => boolean;

/** ZeroEval's: the first number of the answer is the first number of the truth. */
const sameFirstNumber: Rule = (answer, truth) => {
	const found = firstNumber(answer);
	return found !== undefined && found === firstNumber(truth);
};

function firstNumber(text: string): number | undefined {
	const found = /-?\d+(?:\.\d+)?/.exec(text.replace(/[,$]/g, ''))?.[0];
	return found === undefined ? undefined : Number(found);
}

/** ZeroEval's for Python literals: equal but for quotes at the ends; `\\n` and a line break are one. */
const sameLiteral: Rule = (answer, truth) => unquoted(answer) === unquoted(truth);

function unquoted(literal: string): string {
	return literal.replaceAll('\\n', '\n').replace(/^['"]+|['"]+$/g, '');
}

const sameOption: Rule = (answer, truth) => answer.trim().toUpperCase() === truth.toUpperCase();

export const RULES: Readonly<Record<string, Rule>> = {
	gsm: sameFirstNumber,
	'math-l5': sameFirstNumber,
	crux: sameLiteral,
	farel: sameOption,
	lineage: sameOption,
	mmlupro: sameOption,
};
