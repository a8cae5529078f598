import type { IExecuteFunctions } from 'n8n-workflow';
import { fanOutSchema, InvalidPlanError, type FanOutPolicy } from '../../engine/index';
import type { Listed } from '../shared/candidates';
import { fieldReader } from '../shared/fieldReader';
import { readOptions } from '../shared/readOptions';
import { shown } from '../shared/shown';
import { OWN_FIELDS } from './description';

export const OUTPUT_MODES = ['perInput', 'perAnswer'] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

export interface FanOutSettings {
	readonly policy: FanOutPolicy;
	readonly outputMode: OutputMode;
}

/**
 * Reads what belongs to the fan-out itself.
 *
 * @param listed the models, those that cannot be asked included
 * @throws {InvalidPlanError} naming the field, the value got and the way out
 */
export function readFanOut(
	context: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
	listed: readonly Listed[],
): FanOutSettings {
	const field = fieldReader(context, itemIndex);
	const given = { waitFor: field('waitFor'), minAnswers: field('minAnswers') };
	const filled = Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined),
	);
	const policy = readOptions(undefined, filled, OWN_FIELDS, fanOutSchema);
	const skipped = listed.flatMap((one) => ('skip' in one ? [one.skip] : []));
	const usableCount = listed.length - skipped.length;
	if (policy.minAnswers > usableCount) {
		const reasons = skipped.map(({ model, reason }) => `; ${model}: ${reason}`).join('');
		throw new InvalidPlanError(
			`Minimum Answers must be at most the number of models that can be asked, which is ${usableCount}, got ${policy.minAnswers}${reasons}`,
			'Lower Minimum Answers, or add models that can be asked.',
		);
	}
	const mode = field('outputMode') ?? 'perInput';
	const outputMode = OUTPUT_MODES.find((known) => known === mode);
	if (outputMode !== undefined) return { policy, outputMode };
	throw new InvalidPlanError(
		`Output Mode must be one of ${OUTPUT_MODES.join(', ')}, got ${shown(mode)}`,
		'Choose Output Mode from its list.',
	);
}
