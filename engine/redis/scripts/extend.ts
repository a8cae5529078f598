import { script } from '../client';
import { PRELUDE } from './breaker';

/** Calls that are still under way. Keys: tickets. Arguments: time, lease in milliseconds, ids. */
export const EXTEND = script(`${PRELUDE}
local untilMs = timeOf(ARGV[1]) + tonumber(ARGV[2])
for at = 3, #ARGV do redis.call('ZADD', KEYS[1], 'XX', untilMs, ARGV[at]) end
return 1
`);
