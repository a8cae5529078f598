import { script } from '../client';

/** A pause ends when the longest one ends. Keys: pause. Arguments: milliseconds. */
export const PAUSE = script(`
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
	redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
return 1
`);

/** Keys: a pause. */
export const END_PAUSE = script(`return redis.call('DEL', KEYS[1])`);

/**
 * What others noted. Keys: pauses, then measurements. Arguments: number of pauses. Replies with
 * milliseconds that are left of each pause (negative: none), then the texts.
 */
export const CATCH_UP = script(`
local noted = {}
for index, key in ipairs(KEYS) do
	if index <= tonumber(ARGV[1]) then noted[index] = redis.call('PTTL', key)
	else noted[index] = redis.call('GET', key) end
end
return noted
`);
