"""Clients that are slow on purpose (slowhttptest's three kinds), and thousands
that keep a connection and say nothing."""
import pathlib
import re
import subprocess
import time

import gen
from stack import die_with_us, say

RATE = 400  # new connections a second


def style_sheet(site):
    from site_up import Person
    _, _, text = Person(site).ask("GET", "/en/pay")
    return re.search(r'href="(/static/[^"]+\.css)"', text)[1]


def kinds(site):
    base = f"https://localhost:{site.port}"
    return {
        "slow headers": ["-H", "-i", "4", "-x", "24", "-u", f"{base}/en/pay"],
        "slow body": ["-B", "-i", "4", "-s", "8192", "-x", "8",
                      "-u", f"{base}/en/pay"],
        "slow read": ["-X", "-w", "10", "-y", "20", "-n", "4", "-z", "8",
                      "-k", "3", "-u", base + style_sheet(site)],
    }


def open_sockets(port):
    """Ports of 127.0.0.1 with an open connection to PORT of this machine."""
    mark = f"0100007F:{port:04X}"
    out = set()
    with open("/proc/net/tcp", encoding="ascii") as file:
        for line in file:
            p = line.split()
            if p[1] == mark and p[3] == "01" and p[2].startswith("0100007F:"):
                out.add(p[2])
    return out


def watch(site, process, until):
    """Connections that were open for more than 30 s, the longest, most at a
    time, and the highest resident memory, until PROCESS ends or UNTIL."""
    first, oldest, most, rss, long = {}, 0.0, 0, 0.0, set()
    while process.poll() is None and time.monotonic() < until:
        now = time.monotonic()
        here = open_sockets(site.port)
        first = {key: first.get(key, now) for key in here}
        oldest = max([oldest, *(now - t for t in first.values())])
        long.update((key, t) for key, t in first.items() if now - t > 30)
        most = max(most, len(here))
        rss = max(rss, site.rss_mb())
        time.sleep(1)
    return len(long), oldest, most, rss


def one_kind(site, args, bars, name, options):
    seconds = args.connections // RATE + 45
    before = site.rss_mb()
    probes = gen.Run(site, "open", gen.bills(site, 200) + gen.pages(
        site, "/ro/", "/en/pay"), net=81, rate=5, seconds=seconds,
        connections=200)
    log = pathlib.Path(site.dir / "log/slowhttptest.log")
    with open(log, "wb") as file:
        process = subprocess.Popen(
            ["slowhttptest", "-c", str(args.connections), "-r", str(RATE),
             "-l", str(seconds), "-p", "5", *options],
            stdout=file, stderr=file, stdin=subprocess.DEVNULL,
            preexec_fn=die_with_us)
        long, oldest, most, rss = watch(site, process,
                                        time.monotonic() + seconds + 5)
        process.terminate()
        process.wait()
    samples = probes.wait()
    time.sleep(args.settle)
    after = site.rss_mb()
    say(f"load: {name}: {most} at a time, {long} of them longer than 30 s, the "
        f"longest {oldest:.0f} s, memory {before:.0f} MB before, "
        f"{rss:.0f} at most, {after:.0f} {args.settle} s later, "
        f"{gen.tally(samples)}")
    bars.least(f"{name}: connections at a time", most,
               50 if name == "slow body" else args.connections // 3)
    bars.same(f"{name}: of {len(samples)} probes served",
              sum(map(gen.good, samples)), len(samples))
    bars.most(f"{name}: probe p99 ms", gen.p99_ms(samples), 1000)
    # nginx ends a pause in a body, but knows no limit for the whole of it:
    # there only limit_conn bounds how many trickle
    bars.most(f"{name}: stayed longer than 30 s", long,
              100 if name == "slow body" else 0)
    bars.most(f"{name}: memory grown by, MB", rss - before, 700)
    return after


def check(site, args, bars):
    """Each kind, and the first again: what nginx has once had for thousands it
    keeps for the next ones, but it must not grow further."""
    levels = [one_kind(site, args, bars, name, options)
              for name, options in kinds(site).items()]
    levels.append(one_kind(site, args, bars, "slow headers",
                           kinds(site)["slow headers"]))
    bars.most("slow: memory after the same again, over the most before",
              levels[-1] / max(levels[:-1]), 1.05)


def idle(site, args, bars):
    """Kept connections without a request, and a stranger who comes."""
    rate = args.idle // 10  # all are there before the first is let go
    visit = gen.request(site, "GET", site.paths[0], headers=[
        ("Cookie", site.cookie), ("Connection", "close")])
    before = site.rss_mb()
    held = gen.Run(site, "hold", gen.pages(site, "/static/favicon.svg"),
                   net=82, sources=500, rate=rate, seconds=23,
                   connections=args.idle, deadline_ms=10000)
    time.sleep(12)
    fresh = gen.run(site, "open", [("visit", visit)], net=83, rate=10,
                    seconds=10, connections=200).samples
    rss = site.rss_mb()
    held.wait()
    bars.least("idle: connections held to the end", held.facts["held"],
               int(args.idle * 0.99))
    bars.same(f"idle: of {len(fresh)} new visitors served",
              sum(map(gen.good, fresh)), len(fresh))
    bars.most("idle: new visitor's p99 ms", gen.p99_ms(fresh), 300)
    bars.most("idle: memory of nginx and workers grown by, MB", rss - before,
              700)
