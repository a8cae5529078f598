import { script } from '../client';
import { PRELUDE } from './breaker';

/**
 * Ends what ADMIT let in, once. A call that Redis has forgotten still tells about its vendor.
 *
 * Keys as for ADMIT. Arguments: time, id, process, sent, tokens, sample; then for each budget what
 * the process spent of it, and for how many milliseconds it is remembered.
 */
export const SETTLE = script(`${PRELUDE}
local roomKey, window, used, tickets, ticket = unpack(KEYS)
local now, id, process = timeOf(ARGV[1]), ARGV[2], ARGV[3]
local wasSent, tokens, sample = ARGV[4] == '1', tonumber(ARGV[5]), ARGV[6]

local stored = redis.call('HGET', ticket, id)
local call = stored and cjson.decode(stored)
local room = readRoom(roomKey)
if call then
	redis.call('HDEL', ticket, id)
	redis.call('ZREM', tickets, id)
	room.open = math.max(0, room.open - 1)
	if redis.call('ZSCORE', window, call.entry) then
		local before = tonumber(redis.call('HGET', used, call.entry) or 0)
		if not wasSent then
			redis.call('ZREM', window, call.entry)
			redis.call('HDEL', used, call.entry)
			redis.call('HINCRBYFLOAT', used, 'total', text(-before))
		elseif tokens then
			redis.call('HSET', used, call.entry, text(tokens))
			redis.call('HINCRBYFLOAT', used, 'total', text(tokens - before))
		end
	end
end
for index = 6, #KEYS do
	local budget, argument = KEYS[index], 7 + (index - 6) * 2
	if call then
		local reserved = tonumber(redis.call('HGET', budget, 'reserved') or 0)
		redis.call('HSET', budget, 'reserved', text(math.max(0, reserved - tonumber(call.costUsd))))
	end
	noteSpent(budget, process, ARGV[argument])
	redis.call('PEXPIRE', budget, ARGV[argument + 1])
end
if sample ~= '' then withCall(room, sample, now, call and call.isProbe)
elseif call and call.isProbe then room.probeAtMs = 0 end
writeRoom(roomKey, room)
return 1
`);
