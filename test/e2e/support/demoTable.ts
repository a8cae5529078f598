import type { HybridFigures } from './hybridFigures';

/** The figures as a table for the terminal. */
export function demoTable(figures: HybridFigures, calls: number, wallMs: number): string {
	const { questions, rightByModel, rightTogether, agreement, costUsd } = figures;
	const { unanimous, unanimousRight } = figures;
	const split = questions - unanimous;
	const accuracy = (right: number, of = questions) =>
		of === 0 ? 'none' : `${percent(right / of).padStart(7)}   ${right} of ${of} right`;
	const rows: Array<readonly [string, string]> = [
		['Questions', String(questions)],
		...[...rightByModel].map(([model, right]) => [`${model} alone`, accuracy(right)] as const),
		['Reconciled answer', accuracy(rightTogether)],
		['  where all models agree', accuracy(unanimousRight, unanimous)],
		['  where they do not', accuracy(rightTogether - unanimousRight, split)],
		['Mean agreement', percent(agreement).padStart(7)],
		['Calls', `${calls}, and ${figures.fromCache} answers from the cache`],
		['Cost (the vendors’ prices)', costUsd === undefined ? 'unknown' : `US$ ${costUsd.toFixed(4)}`],
		['Wall time', `${(wallMs / 1000).toFixed(1)} s`],
	];
	const width = Math.max(...rows.map(([label]) => label.length));
	return rows.map(([label, value]) => `  ${label.padEnd(width)}   ${value}`).join('\n');
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
