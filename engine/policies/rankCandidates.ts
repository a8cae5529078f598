import type { Plan } from '../spec/policies';
import type { Random } from '../spec/ports';
import {
	byCost,
	byLatency,
	byLoad,
	byWeight,
	inListedOrder,
	type Contender,
	type Ranked,
} from './strategies';

/** Orders those who could answer by the plan's strategy. Pure: all signals are parameters. */
export function rankCandidates(
	plan: Pick<Plan, 'strategy' | 'stickyKey'>,
	contenders: readonly Contender[],
	random: Random,
): Ranked {
	switch (plan.strategy) {
		case 'cheapest':
			return byCost(contenders);
		case 'fastest':
			return byLatency(contenders, random);
		case 'weighted':
			return byWeight(contenders, random, plan.stickyKey);
		case 'leastBusy':
			return byLoad(contenders, random);
		case 'priority':
			return inListedOrder(contenders);
	}
}
