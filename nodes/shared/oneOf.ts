import { InvalidPlanError } from '../../engine/index';
import { shown } from './shown';

/**
 * The value of a field that offers a choice.
 *
 * @throws {InvalidPlanError} naming the field, the value got and what may be chosen
 */
export function oneOf<T extends string>(label: string, value: unknown, allowed: readonly T[]): T {
	const found = allowed.find((one) => one === value);
	if (found !== undefined) return found;
	throw new InvalidPlanError(
		`${label} must be one of ${allowed.join(', ')}, got ${shown(value)}`,
		`Choose ${label} from its list, or correct its expression.`,
	);
}
