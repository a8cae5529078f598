import { BREAKER_POLICY } from '../../policies/circuitBreaker';
import { LIMIT_WINDOW_MS } from '../../policies/slidingLimit';
import { ROUNDING_USD } from '../../policies/spending';
import { script } from '../client';
import { PRELUDE } from './breaker';

/** How soon somebody who waits for a probe or a free place looks again, in milliseconds. */
export const POLL_MS = 100;

/**
 * Keys: room, window, used, tickets, ticket, then the budgets.
 * Arguments: time, id, process, lone, tokens, cost, requests a minute, tokens a minute, calls at the
 * same time, lease in milliseconds, calls that Redis was not asked about as JSON lists of id, age in
 * milliseconds and tokens; then for each budget its limit, what the process spent of it, and
 * for how many milliseconds it is remembered.
 * Replies `{ 'admitted', '', '', processes }` or `{ cause, milliseconds, what, number }`.
 */
export const ADMIT = script(`${PRELUDE}
local roomKey, window, used, tickets, ticket = unpack(KEYS)
local now, id, process = timeOf(ARGV[1]), ARGV[2], ARGV[3]
local isLone, tokens, costUsd = ARGV[4] == '1', tonumber(ARGV[5]), tonumber(ARGV[6])
local requestsPerMinute = tonumber(ARGV[7]) or math.huge
local tokensPerMinute = tonumber(ARGV[8]) or math.huge
local maxConcurrent = tonumber(ARGV[9]) or math.huge

takeOver(tickets, ticket, now)
if redis.call('HEXISTS', ticket, id) == 1 then return { 'admitted', '', '', '1' } end
for _, call in ipairs(cjson.decode(ARGV[11])) do
	if redis.call('ZADD', window, 'NX', now - call[2], call[1]) == 1 then
		redis.call('HSET', used, call[1], text(call[3]))
		redis.call('HINCRBYFLOAT', used, 'total', text(call[3]))
	end
end
local processes = tickets .. ':processes'
redis.call('ZADD', processes, now + 60000, process)
redis.call('ZREMRANGEBYSCORE', processes, '-inf', now)
local room = readRoom(roomKey)

-- Breaker
local isProbe = false
if room.openUntilMs > now and not isLone then
	return { 'breaker', text(room.openUntilMs - now), 'open' }
end
if room.openUntilMs > 0 then
	if room.probeAtMs > 0 and room.probeAtMs + ${BREAKER_POLICY.probeMs} > now then
		return { 'breaker', '${POLL_MS}', 'probe' }
	end
	isProbe = true
elseif room.rampTo > 0 and room.open >= room.rampTo then
	return { 'breaker', '${POLL_MS}', 'ramp', text(room.rampTo) }
end

-- Calls at the same time
if room.open >= maxConcurrent then return { 'concurrency', '${POLL_MS}', 'places' } end

-- Budgets
local budgets = {}
for index = 6, #KEYS do
	local budget, argument = KEYS[index], 12 + (index - 6) * 3
	budgets[#budgets + 1] = budget
	noteSpent(budget, process, ARGV[argument + 1])
	redis.call('PEXPIRE', budget, ARGV[argument + 2])
	local spent, reserved = 0, 0
	local fields = redis.call('HGETALL', budget)
	for at = 1, #fields, 2 do
		local amount = tonumber(fields[at + 1])
		if fields[at] == 'reserved' then reserved = amount else spent = spent + amount end
	end
	if not (spent + reserved + costUsd <= tonumber(ARGV[argument]) + ${ROUNDING_USD}) then
		return { 'budget', '', text(index - 6), text(spent + reserved) }
	end
end

-- Requests and tokens within the last minute
forget(window, used, now)
local requests = redis.call('ZCARD', window)
if requests >= requestsPerMinute then
	local at = requests - requestsPerMinute
	local leaver = redis.call('ZRANGE', window, at, at, 'WITHSCORES')
	local atMs = tonumber(leaver[2]) or now
	return { 'limit', text(atMs + ${LIMIT_WINDOW_MS} - now), 'requests' }
end
local total = tonumber(redis.call('HGET', used, 'total') or 0)
local tooMany = total + math.min(tokens, tokensPerMinute) - tokensPerMinute
if tooMany > 0 then
	local freed = 0
	local entries = redis.call('ZRANGE', window, 0, -1, 'WITHSCORES')
	for at = 1, #entries, 2 do
		freed = freed + tonumber(redis.call('HGET', used, entries[at]) or 0)
		if freed >= tooMany then
			return { 'limit', text(tonumber(entries[at + 1]) + ${LIMIT_WINDOW_MS} - now), 'tokens' }
		end
	end
	return { 'limit', '${LIMIT_WINDOW_MS}', 'tokens' }
end

-- Reserve
if isProbe then room.probeAtMs = now end
room.open = room.open + 1
writeRoom(roomKey, room)
local entry = string.format('%016d', redis.call('HINCRBY', used, 'last', 1))
redis.call('ZADD', window, now, entry)
redis.call('HSET', used, entry, text(tokens))
redis.call('HINCRBYFLOAT', used, 'total', text(tokens))
redis.call('PEXPIRE', window, ROOM_TTL_MS)
redis.call('PEXPIRE', used, ROOM_TTL_MS)
for index, budget in ipairs(budgets) do
	local reserved = tonumber(redis.call('HGET', budget, 'reserved') or 0)
	redis.call('HSET', budget, 'reserved', text(reserved + costUsd))
	redis.call('PEXPIRE', budget, ARGV[11 + index * 3])
end
redis.call('ZADD', tickets, now + tonumber(ARGV[10]), id)
redis.call('HSET', ticket, id, cjson.encode({ room = roomKey, entry = entry, isProbe = isProbe,
	process = process, costUsd = text(costUsd), budgets = budgets }))
return { 'admitted', '', '', text(redis.call('ZCARD', processes)) }
`);
