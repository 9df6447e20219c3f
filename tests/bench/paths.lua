-- wrk: random pages.  paths.lua's argument: a file of paths, whose first line
-- is the Cookie header; behind a path, after a tab, may stand one of its own.
local paths = {}
function init(args)
  math.randomseed(os.time())
  local first = true
  for line in io.lines(args[1]) do
    if first then
      wrk.headers["Cookie"] = line
      first = false
    else
      paths[#paths + 1] = line
    end
  end
end
function request()
  local line = paths[math.random(#paths)]
  local path, cookie = line:match("^(%S+)\t(.+)$")
  if cookie then
    return wrk.format("GET", path, { Cookie = cookie })
  end
  return wrk.format("GET", line)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\nJSON {"requests":%d,"us":%d,"bytes":%d,"lost":%d,"not_ok":%d,"p50_us":%d,"p99_us":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.timeout, e.status,
    latency:percentile(50), latency:percentile(99)))
end
