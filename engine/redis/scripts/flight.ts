import { script } from '../client';

/**
 * Who makes a call that several want. Keys: lock, landing. Arguments: token, milliseconds, and which
 * landing is too old to count: `!` any that is there by now, else the token of one, or none.
 * Replies `{ 'lead', token }`, `{ 'wait', token }` or `{ 'landed', answer }`; the token is the one of
 * the landing that is there.
 */
export const BOARD = script(`
local landing = redis.call('HMGET', KEYS[2], 'token', 'answer')
if landing[1] and ARGV[3] ~= '!' and landing[1] ~= ARGV[3] then return { 'landed', landing[2] } end
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return { 'wait', landing[1] or '' } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { 'lead', landing[1] or '' }
`);

/** Keeps the lock of a call that is still under way. Keys: lock. Arguments: token, milliseconds. */
export const RENEW = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

/**
 * The call is over. Keys: lock, landing. Arguments: token, the answer for those who wait (empty:
 * none, the next one tries), milliseconds for which it is there.
 */
export const LAND = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
if ARGV[2] ~= '' then
	redis.call('HSET', KEYS[2], 'token', ARGV[1], 'answer', ARGV[2])
	redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
return 1
`);
