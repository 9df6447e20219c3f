"""Overload: what is served when more is offered than there is capacity, how
the rest is told, and how soon all is well again."""
import time

import gen
from stack import say

PROBES = 20  # a second


def peak(site, seconds, connections=64):
    """Requests a second that are served when each client waits for its
    answer."""
    gen.run(site, "closed", gen.bills(site), seconds=2, connections=connections,
            warm=connections)
    job = gen.run(site, "closed", gen.bills(site), seconds=seconds,
                  connections=connections, warm=connections)
    served = [s for s in job.samples if gen.good(s)]
    lost = gen.tally(job.samples)
    if lost:
        say(f"load: at the peak: {lost}")
    return len(served) / seconds


def recovery_s(probes, flood_end):
    """Seconds from the end of the flood until no probe is turned away or late
    any more."""
    bad = [s.ended or s.due for s in probes
           if s.due > flood_end and (not gen.good(s) or
                                     gen.latency_ms(s) > 300)]
    return max(0.0, (max(bad) - flood_end) / 1e6) if bad else 0.0


def flood(site, top, factor, seconds):
    """Offer FACTOR times the capacity TOP; figures of what came of it."""
    rate = max(1, int(top * factor))
    crowd = min(6000, max(600, int(rate * 0.35)))
    mark = site.log_mark()
    watch = gen.Run(site, "open", gen.bills(site, 200), net=78,
                    rate=PROBES, seconds=seconds + 12, connections=400)
    time.sleep(2)
    job = gen.run(site, "open", gen.bills(site), rate=rate, seconds=seconds,
                  connections=crowd, warm=min(crowd, 2000))
    watch.wait()
    begin, end = job.facts["begin"], job.facts["end"]
    served = [s for s in job.samples if gen.good(s)]
    told = [s for s in job.samples if gen.turned_away(s)]
    steady = [s for s in served if begin + 1e6 <= s.ended < end]
    out = {
        "offered": rate, "asked": len(job.samples), "served": len(served),
        "goodput": len(steady) / (seconds - 1) / top,
        "p99_ms": gen.p99_ms(served), "told": len(told),
        "told_p99_ms": gen.p99_ms(told),
        "late_start_p99_ms": gen.percentile(
            [(s.asked - s.due) / 1000 for s in job.samples if s.asked], 0.99),
        "other": gen.tally(job.samples),
        "upstream": {f"{k[0]} from {k[1] or 'nginx'}": n for k, n in
                     site.log_since(mark).items()},
        "normal_s": recovery_s(watch.samples, end)}
    say(f"load: {factor} x {top:.0f}/s: " + ", ".join(
        f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value}"
        for key, value in out.items()))
    return out


def check(site, args, bars, bound):
    """BOUND: "far" puts the database 5 ms away, so that threads and not the
    two cores are what runs out; "near" leaves it."""
    if bound == "far":
        site.move_away(5)
    try:
        top = peak(site, args.seconds)
        say(f"load: peak {top:.0f} bills a second, database {bound}")
        for factor in args.factors:
            got = flood(site, top, factor, args.seconds)
            name = f"{bound} {factor} x"
            bars.least(f"{name}: goodput, share of the peak", got["goodput"],
                       0.8)
            bars.most(f"{name}: served p99 ms", got["p99_ms"], 1500)
            bars.most(f"{name}: turned away p99 ms", got["told_p99_ms"], 200)
            bars.most(f"{name}: neither served nor told to come again",
                      sum(got["other"].values()), 0)
            bars.most(f"{name}: 502 or 504 of the worker's socket",
                      sum(n for key, n in got["upstream"].items()
                          if "502" in key or "504" in key), 0)
            bars.most(f"{name}: seconds until normal", got["normal_s"], 5)
    finally:
        site.near()
