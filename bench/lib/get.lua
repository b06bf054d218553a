-- Asks for files in random order. The list has one file a line: its path, a tab, and what the device says of itself.
local requests = {}

function init(args)
  for line in io.lines(args[1]) do
    local path, agent = line:match("([^\t]*)\t(.*)")
    requests[#requests + 1] = wrk.format("GET", path, { ["User-Agent"] = agent })
  end
  math.randomseed(7)
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\n{"requests":%d,"micros":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
