"""A database that hangs on locks, one that is full of others' connections, and
visitors who leave in the middle."""
import re
import subprocess
import time

import gen
from site_up import Person
from slow import style_sheet
from stack import die_with_us, say

HELD_S = 20
HOT = ("pay.guest_handle, pay.guest_handle_account, customer.account, "
       "billing.open_item, billing.balance, pay.attempt, pay.intent")


def bills_of_all(site, count):
    """Bill pages in the three languages."""
    return [request for three in zip(*(gen.bills(site, count, lang)
                                       for lang in ("ro", "bg", "en")))
            for request in three]


def no_database(site):
    return gen.pages(site, "/ro/", "/bg/contact", "/en/privacy", "/bg/terms")


def unlocked(site):
    """Wait until a bill is served at once."""
    until = time.monotonic() + 20
    while Person(site).ask("GET", site.paths[0])[0] != 200:
        if time.monotonic() > until:
            raise RuntimeError("the bill page does not come back")
        time.sleep(0.2)


def in_language(site, bars, name):
    """What a reader of each language is told."""
    told = {}
    for lang, word in (("ro", "Nu putem răspunde"), ("bg", "не можем да отговорим"),
                       ("en", "We cannot answer")):
        path = site.paths[0].replace("/en/", f"/{lang}/")
        status, headers, text = Person(site).ask("GET", path)
        told[lang] = status == 503 and bool(headers["Retry-After"]) and \
            f'lang="{lang}"' in text and word in text
        if not told[lang]:
            say(f"load: {lang}: {status} {dict(headers)} {text[:400]!r}")
    bars.same(f"{name}: told in the reader's language", told,
              {"ro": True, "bg": True, "en": True})


def abandon(site):
    """Visitors who leave 60 ms after they asked."""
    job = gen.run(site, "closed", gen.bills(site) + site.look_ups(200),
                  net=84, seconds=4, connections=100, deadline_ms=60)
    return sum(s.outcome == "late" for s in job.samples)


def fill_pools(site):
    """Have every program open what it may open."""
    job = gen.Run(site, "closed", site.notifications(300), net=79, seconds=2,
                  connections=16)
    gen.run(site, "closed", gen.bills(site) + site.look_ups(300), net=84,
            seconds=2, connections=64)
    job.wait()
    Person(site).ask("POST", *site.start_form())


def locked(site, args, bars):
    fill_pools(site)
    before = site.sessions()
    lock = site.sql_behind(f"BEGIN; LOCK TABLE {HOT} IN ACCESS EXCLUSIVE "
                           f"MODE; SELECT pg_sleep({HELD_S}); COMMIT")
    began = time.monotonic()
    try:
        time.sleep(1)
        span = HELD_S - 5
        runs = {
            "static": gen.Run(site, "open", gen.pages(site, style_sheet(site)),
                              net=85, rate=10, seconds=span),
            "healthz": gen.Run(site, "open", gen.pages(
                site, "/healthz", "/pay/healthz", "/notify/healthz"), net=0,
                sources=1, rate=6, seconds=span),
            "page": gen.Run(site, "open", no_database(site), net=86, rate=10,
                            seconds=span),
            "bill": gen.Run(site, "open", bills_of_all(site, 300), net=87,
                            rate=40, seconds=span, connections=600)}
        later = gen.Run(site, "open", gen.bills(site, 300), net=88, rate=20,
                        seconds=HELD_S + 8, connections=600)
        time.sleep(3)
        in_language(site, bars, "locked")
        for name, job in runs.items():
            job.wait()
            say(f"load: locked: {name}: {len(job.samples)} asked, median "
                f"{gen.median_ms(job.samples):.0f} ms, p99 "
                f"{gen.p99_ms(job.samples):.0f} ms, other "
                f"{gen.tally(job.samples)}")
        gone = abandon(site)
    finally:
        lock.wait()
    released = began + HELD_S  # of the monotonic clock, as the samples
    later.wait()
    for name in ("static", "healthz", "page"):
        samples = runs[name].samples
        bars.same(f"locked: {name}: of {len(samples)} served",
                  sum(map(gen.good, samples)), len(samples))
        bars.most(f"locked: {name}: p99 ms", gen.p99_ms(samples), 1000)
    bill = runs["bill"].samples
    bars.same(f"locked: of {len(bill)} bills told to come again",
              sum(map(gen.turned_away, bill)), len(bill))
    bars.most("locked: bills told, longest ms",
              max(map(gen.latency_ms, bill)), 5000)
    bad = [s.ended or s.due for s in later.samples
           if s.due > (released + 0.5) * 1e6 and
           (not gen.good(s) or gen.latency_ms(s) > 500)]
    bars.most("locked: seconds after release until normal",
              max(0.0, max(bad) / 1e6 - released) if bad else 0.0, 2)
    unlocked(site)
    gone += abandon(site)
    unlocked(site)
    time.sleep(4)
    bars.least("locked: visitors who left in the middle", gone, 100)
    bars.same("locked: connections of each role", site.sessions(), before)
    busy = site.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = "
                    "'smetka_portal' AND state <> 'idle'")
    bars.same("locked: connections of portal at work when nobody asks",
              busy[0][0], "0")


class Others:
    """Connections of somebody else, until the server takes no more."""

    def __init__(self, site):
        self.site = site
        text = (site.dir / "stack.env").read_text()
        self.database = re.search(r"^DATABASE='([^']+)'", text, re.M)[1]
        self.all = []

    def add(self, count):
        for _ in range(count):
            self.all.append(subprocess.Popen(
                ["psql", self.database, "-X", "-q", "-c",
                 "SELECT pg_sleep(300)"], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, preexec_fn=die_with_us))

    def leave(self):
        """Their servers do not notice that they went: they are told."""
        self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                      "WHERE usename = 'smetka_audit'")
        for process in self.all:
            process.terminate()
        for process in self.all:
            process.wait()


def full(site, args, bars):
    """max_connections is used up by others, and portal's own are cut."""
    others = Others(site)
    notifications = site.notifications(200)
    try:
        others.add(65)
        time.sleep(3)
        site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE usename = 'smetka_portal'")
        others.add(20)
        time.sleep(2)
        left = int(site.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = "
            "'smetka_portal'")[0][0])
        bars.most("full: connections that portal could keep", left, 3)
        if left == 0:
            in_language(site, bars, "full")
        static = gen.run(site, "open", gen.pages(site, style_sheet(site)) +
                         no_database(site), net=85, rate=10, seconds=4)
        told = gen.run(site, "open", notifications, net=79, rate=20,
                       seconds=4)
        bill = gen.run(site, "open", gen.bills(site), net=87, rate=20,
                       seconds=4)
    finally:
        others.leave()
    began = time.monotonic()
    unlocked(site)
    healed = time.monotonic() - began
    bars.same("full: pages without the database served",
              sum(map(gen.good, static.samples)), len(static.samples))
    bars.same("full: notifications acknowledged",
              sum(map(gen.good, told.samples)), len(told.samples))
    bars.same("full: bills served or told to come again",
              sum(gen.good(s) or gen.turned_away(s) for s in bill.samples),
              len(bill.samples))
    bars.most("full: a bill's longest ms",
              max(map(gen.latency_ms, bill.samples)), 5000)
    bars.most("full: seconds until healed", healed, 5)
