import type { Verdict } from './scenario';
import type { Row } from './suite';
import type { VariantRow } from './variants';

const VERDICTS: readonly Verdict[] = ['pass', 'partial', 'safe', 'fail'];

/** The scenarios of one caller, judged, and the sum in the published form. */
export function suiteTable(name: string, rows: readonly Row[]): string {
	const sums = VERDICTS.map((one) => rows.filter(({ verdict }) => verdict === one).length);
	return [
		`\n### ${name}: ${sums[0]} of ${rows.length} (pass/partial/safe/fail ${sums.join('/')})\n`,
		'|  | fault | verdict | took | calls: faulty, backup | what was not kept |',
		'| --- | --- | --- | ---: | ---: | --- |',
		...rows.map(({ scenario, verdict, tookMs, firstCalls, secondCalls, why }) =>
			line([
				scenario.id,
				scenario.title,
				verdict,
				seconds(tookMs),
				`${firstCalls}, ${secondCalls}`,
				why.join('; '),
			]),
		),
	].join('\n');
}

/** The scenarios without a healthy backup. */
export function variantTable(rows: readonly VariantRow[]): string {
	const wrong = rows.filter((row) => row.wrong.length > 0).length;
	return [
		`\n### Without a healthy backup: ${rows.length - wrong} of ${rows.length} as expected\n`,
		'|  | fault | beside it | calls of the faulty model | calls of the other | end | took | differs |',
		'| --- | --- | --- | --- | --- | --- | ---: | --- |',
		...rows.map((row) =>
			line([
				row.id,
				row.title,
				row.variant,
				row.faulty,
				row.other,
				row.ended,
				seconds(row.tookMs),
				row.wrong.join('; '),
			]),
		),
	].join('\n');
}

function line(cells: readonly string[]): string {
	return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
