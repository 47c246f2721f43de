-- wrk asks for a variant, and compares each answer with those of the two libraries that may be served.
local threads = {}
function setup(thread)
  table.insert(threads, thread)
end
local function read(name)
  local file = assert(io.open(os.getenv(name), "rb"))
  local text = file:read("*a")
  file:close()
  return text
end
function init()
  wrk.method, wrk.body = "POST", read("ASKED")
  wrk.headers["Content-Type"] = "application/json"
  one, two = read("ONE"), read("TWO")
  ones, twos, others = 0, 0, 0
end
function response(status, headers, body)
  if body == one then
    ones = ones + 1
  elseif body == two then
    twos = twos + 1
  else
    others = others + 1
  end
end
function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local sums = { ones = 0, twos = 0, others = 0 }
  for _, thread in ipairs(threads) do
    for name, sum in pairs(sums) do
      sums[name] = sum + thread:get(name)
    end
  end
  io.write(string.format("told %d %d %d %d\n", failed, sums.others, sums.ones, sums.twos))
end
