-- Requests of wrk: bodies from the file that SERVICE_BODIES names, a line each, in turn.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local requests, number = {}, 0
function init()
  for line in io.lines(os.getenv("SERVICE_BODIES")) do
    requests[#requests + 1] = wrk.format(nil, nil, nil, line)
  end
end
function request()
  number = number % #requests + 1
  return requests[number]
end
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("figures %d %d %d %d\n", summary.requests, failed, latency:percentile(50), latency:percentile(99)))
end
