"""A processor that takes orders and says nothing for a minute."""
import re
import threading
import time

import gen
from site_up import Person
from stack import say

PAYERS = 30
# What a payer may read while the processor's answer is not known.
TRUTHFUL = {"started", "processing", "unknown"}


class Payer(threading.Thread):
    """Presses Pay, follows where that leads, and keeps reading the status
    page."""

    def __init__(self, site, number, form):
        super().__init__()
        self.site, self.number, self.form = site, number, form
        self.status = 0
        self.took = 0.0
        self.payment = None
        self.person = Person(site, f"127.93.0.{number + 1}")

    def run(self):
        time.sleep(self.number * 0.1)
        began = time.monotonic()
        path, form = self.form
        self.status, headers, _ = self.person.ask("POST", path, form)
        self.took = time.monotonic() - began
        found = re.search(r"/pay/status/(\w+)", headers.get("Location") or "")
        self.payment = found[1] if found else None

    def reads(self):
        """The state that the status page shows now."""
        status, _, text = self.person.ask(
            "GET", f"/en/pay/status/{self.payment}")
        found = re.search(r'data-payment-state="(\w+)"', text)
        return found[1] if status == 200 and found else f"HTTP {status}"


def attempts(site, since):
    return {row[0]: row[1:] for row in site.sql(
        "SELECT payment_id, state, coalesce(reason, ''), "
        "coalesce(processor_ref, '') FROM audit.payment "
        f"WHERE created_at > '{since}'")}


def untrue(site, since):
    """Attempts that do not say what the processor's books say."""
    books = site.truth()
    out = {}
    for payment, (state, reason, ref) in attempts(site, since).items():
        status, paid = books.get(ref, ("none", "unpaid"))
        wanted = {"open": "open", "expired": "closed", "none": "closed",
                  "complete": "settled" if paid == "paid" else "pending"}
        if state != wanted.get(status):
            out[payment] = (state, reason, ref, status, paid)
    return out


def pay_some(site, since, count):
    """Pay COUNT of the orders at the processor's own page."""
    for row in list(attempts(site, since).values())[:count]:
        site.sandbox_ask("POST", f"/c/pay/{row[2]}", {
            "csrf": "sandbox", "card": "4242424242424242", "action": "pay"})


def silent(site, args, bars):
    # to say nothing takes a thread for each who asks
    site.set("sandbox", "worker.threads", "128")
    since = site.sql("SELECT now()")[0][0]
    payers = [Payer(site, i, site.start_form()) for i in range(PAYERS)]
    notifications = site.notifications(20 * args.silence)
    site.behave(create="never", query="never")
    began = time.monotonic()
    try:
        runs = {
            "bill": gen.Run(site, "open", gen.bills(site), net=87, rate=10,
                            seconds=args.silence - 5, connections=200),
            "notify": gen.Run(site, "open", notifications, net=79, rate=20,
                              seconds=args.silence - 5, connections=200),
            "pay page": gen.Run(site, "open", gen.pages(
                site, "/en/pay/receipt-check", "/pay/healthz"), net=0,
                sources=1, rate=5, seconds=args.silence - 5)}
        for payer in payers:
            payer.start()
        for payer in payers:
            payer.join()
        shown = {}
        while time.monotonic() < began + args.silence - 3:
            for payer in payers:
                if payer.payment:
                    state = payer.reads()
                    shown[state] = shown.get(state, 0) + 1
            time.sleep(3)
        for job in runs.values():
            job.wait()
    finally:
        site.behave(create="normal", query="normal")
    say(f"load: silent: starts answered "
        f"{sorted({p.status for p in payers})}, the longest after "
        f"{max(p.took for p in payers):.1f} s; status pages showed {shown}")
    report(site, bars, runs, payers, shown)
    afterwards(site, bars, since, payers)


def report(site, bars, runs, payers, shown):
    for name, job in runs.items():
        answered = [s for s in job.samples if s.outcome == "answered" and
                    s.status in (200, 303, 404)]
        bars.same(f"silent: {name}: of {len(job.samples)} answered",
                  len(answered), len(job.samples))
        bars.most(f"silent: {name}: p99 ms", gen.p99_ms(job.samples), 1000)
    bars.same(f"silent: of {len(payers)} payers led to their status page",
              sum(p.payment is not None for p in payers), len(payers))
    bars.most("silent: a start's longest answer, s",
              max(p.took for p in payers), 10)
    bars.same("silent: status pages that claim what is not known",
              {k: n for k, n in shown.items() if k not in TRUTHFUL}, {})


def afterwards(site, bars, since, payers):
    began = time.monotonic()
    while untrue(site, since) and time.monotonic() < began + 120:
        time.sleep(1)
    wrong = untrue(site, since)
    say(f"load: silent: all as the processor's books say "
        f"{time.monotonic() - began:.0f} s after it spoke again")
    bars.same("silent: attempts unlike the processor's books", wrong, {})
    pay_some(site, since, 5)
    until = time.monotonic() + 30
    settled = 0
    while settled < 5 and time.monotonic() < until:
        time.sleep(1)
        settled = sum(row[0] == "settled"
                      for row in attempts(site, since).values())
    bars.same("silent: payments that were then made and are settled", settled,
              5)
    bars.same("silent: and the books still agree", untrue(site, since), {})
