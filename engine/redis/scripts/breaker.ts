import { BREAKER_POLICY, FULL_RAMP } from '../../policies/circuitBreaker';
import { LIMIT_WINDOW_MS } from '../../policies/slidingLimit';

/**
 * What the scripts of admission share, in Redis's Lua. The decisions are those of
 * policies/circuitBreaker, policies/slidingLimit and policies/spending, word for word: a test drives
 * both with the same calls. Numbers are written with 17 digits, so that none is rounded.
 */
export const PRELUDE = `
local function text(number) return string.format('%.17g', number) end

-- An empty argument: Redis's own time, in milliseconds. Tests bring theirs.
local function timeOf(given)
	if given ~= '' then return tonumber(given) end
	local time = redis.call('TIME')
	return time[1] * 1000 + math.floor(time[2] / 1000)
end

local FIELDS = { 'windowAtMs', 'calls', 'failures', 'callsBefore', 'failuresBefore', 'timeouts',
	'openUntilMs', 'openings', 'probeAtMs', 'rampTo', 'open' }
local ROOM_TTL_MS = 6 * 60 * 60 * 1000

local function readRoom(key)
	local values = redis.call('HMGET', key, unpack(FIELDS))
	local room = {}
	for index, field in ipairs(FIELDS) do room[field] = tonumber(values[index] or 0) or 0 end
	return room
end

local function writeRoom(key, room)
	local values = {}
	for _, field in ipairs(FIELDS) do
		values[#values + 1] = field
		values[#values + 1] = text(room[field])
	end
	redis.call('HSET', key, unpack(values))
	redis.call('PEXPIRE', key, ROOM_TTL_MS)
end

local function reset(room)
	for _, field in ipairs(FIELDS) do if field ~= 'open' then room[field] = 0 end end
end

local function opened(room, now)
	local openMs = math.min(${BREAKER_POLICY.maxOpenMs}, ${BREAKER_POLICY.openMs} * 2 ^ room.openings)
	local openings = room.openings + 1
	reset(room)
	room.windowAtMs = now
	room.openUntilMs = now + openMs
	room.openings = openings
end

local function slide(room, now)
	local age = now - room.windowAtMs
	if age < ${BREAKER_POLICY.windowMs} then return end
	local isNext = age < ${2 * BREAKER_POLICY.windowMs}
	room.windowAtMs = now
	room.callsBefore = isNext and room.calls or 0
	room.failuresBefore = isNext and room.failures or 0
	room.calls = 0
	room.failures = 0
end

-- The breaker after a call.
local function withCall(room, sample, now, isProbe)
	local failed = sample ~= 'ok'
	local timeoutsBefore = room.timeouts
	slide(room, now)
	room.calls = room.calls + 1
	if failed then room.failures = room.failures + 1 end
	if sample == 'timeout' then room.timeouts = room.timeouts + 1 end
	if not failed then room.timeouts = 0 end
	if room.openUntilMs > 0 then
		-- Only the probe decides; what was under way before it opened says nothing new.
		if not isProbe then room.timeouts = timeoutsBefore
		elseif failed then opened(room, now)
		else
			reset(room)
			room.windowAtMs = now
			room.rampTo = 2
		end
		return
	end
	if not failed then
		if room.rampTo > 0 then
			room.rampTo = room.rampTo * 2
			if room.rampTo > ${FULL_RAMP} then
				room.rampTo = 0
				room.openings = 0
			end
		end
		return
	end
	local calls = room.calls + room.callsBefore
	local share = (room.failures + room.failuresBefore) / calls
	local isShareTooHigh = calls >= ${BREAKER_POLICY.minCalls} and share >= ${BREAKER_POLICY.failureShare}
	if isShareTooHigh or room.timeouts >= ${BREAKER_POLICY.timeoutsInRow} or room.rampTo > 0 then
		opened(room, now)
	end
end

-- Requests and tokens that no longer count.
local function forget(window, used, now)
	local gone = redis.call('ZRANGEBYSCORE', window, '-inf', now - ${LIMIT_WINDOW_MS})
	for _, entry in ipairs(gone) do
		local tokens = tonumber(redis.call('HGET', used, entry) or 0)
		redis.call('HINCRBYFLOAT', used, 'total', text(-tokens))
		redis.call('HDEL', used, entry)
		redis.call('ZREM', window, entry)
	end
end

-- Calls whose process is gone: they may have been paid, so their estimates count as spent.
local function takeOver(tickets, ticket, now)
	local gone = redis.call('ZRANGEBYSCORE', tickets, '-inf', now, 'LIMIT', 0, 100)
	for _, id in ipairs(gone) do
		local stored = redis.call('HGET', ticket, id)
		if stored then
			local call = cjson.decode(stored)
			local room = readRoom(call.room)
			room.open = math.max(0, room.open - 1)
			if call.isProbe then room.probeAtMs = 0 end
			writeRoom(call.room, room)
			for _, budget in ipairs(call.budgets) do
				redis.call('HINCRBYFLOAT', budget, 'spent:' .. call.process, call.costUsd)
				local reserved = tonumber(redis.call('HGET', budget, 'reserved') or 0)
				local left = math.max(0, reserved - tonumber(call.costUsd))
				redis.call('HSET', budget, 'reserved', text(left))
			end
			redis.call('HDEL', ticket, id)
		end
		redis.call('ZREM', tickets, id)
	end
end

-- What a process says that its calls came to: nothing of it is lost when Redis is emptied.
local function noteSpent(budget, process, spentUsd)
	if tonumber(spentUsd) == 0 then return end
	local field = 'spent:' .. process
	local known = tonumber(redis.call('HGET', budget, field) or 0)
	if tonumber(spentUsd) > known then redis.call('HSET', budget, field, spentUsd) end
end
`;
