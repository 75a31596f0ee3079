/** Lua for Redis: each script is one step that no other proxy can come between. What they do: the stores of redis.ts. */

/** KEYS: vault. ARGV: name, sealed, the value it must still hold ('' for any), ms until the vault is forgotten. */
export const putEntryScript = `
if ARGV[3] ~= '' and redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`

/** KEYS: vault. ARGV: name, the value it must still hold ('' for any). An empty hash is no more. */
export const removeEntryScript = `
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
`

/**
 * The same as `take` of attempts.ts. KEYS: own, address, and the wide ones. What is known of `own` is beside it. ARGV: now, first wait, longest wait, when
 * forgotten (ms), passes a minute, and a limit for each key. Answers the ms to wait; 0 has counted the attempt.
 */
export const takeScript = `
local now, first, longest, forgotten, passes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local function count(key) return tonumber(redis.call('HGET', key, 'count')) or 0 end
local function wait(index)
  local over = count(KEYS[index]) - tonumber(ARGV[5 + index])
  if over < 0 then return 0 end
  local at = tonumber(redis.call('HGET', KEYS[index], 'at')) or 0
  return math.max(0, at + math.min(first * 2 ^ math.min(over, 30), longest) - now)
end
local narrow = math.max(wait(1), wait(2))
if narrow > 0 then return narrow end
local isClean = count(KEYS[2]) == 0
local isKnown = redis.call('EXISTS', KEYS[1] .. ':known') == 1
for index = 3, #KEYS do
  local ms = wait(index)
  if ms > 0 and isClean and isKnown then
    -- Let through uncounted.
  elseif ms > 0 and isClean then
    local pass = KEYS[index] .. ':passes'
    if (tonumber(redis.call('GET', pass)) or 0) >= passes then return math.max(1, redis.call('PTTL', pass)) end
    if redis.call('INCR', pass) == 1 then redis.call('PEXPIRE', pass, 60000) end
  elseif ms > 0 then
    return ms
  end
end
for _, key in ipairs(KEYS) do
  redis.call('HINCRBY', key, 'count', 1)
  redis.call('HSET', key, 'at', now)
  redis.call('PEXPIRE', key, forgotten)
end
return 0
`

/** KEYS: what counts one attempt less. */
export const giveBackScript = `
for _, key in ipairs(KEYS) do
  local count = tonumber(redis.call('HGET', key, 'count')) or 0
  if count <= 1 then redis.call('DEL', key) else redis.call('HINCRBY', key, 'count', -1) end
end
return 0
`
