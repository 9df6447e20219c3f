"""Payments first: while guests look bills up at four times the capacity, the
processor's notifications, returning payers and new payments go on."""
import random
import threading
import time

import gen
from goodput import peak
from site_up import Person, public_id
from stack import say

FACTOR, NOTIFY_RATE, RETURN_RATE, STARTS = 4, 50, 10, 16


def begun_payments(site, count):
    """Payments that were started before the flood: their public ids."""
    for number in range(count):
        path, form = site.start_form()
        status, headers, text = Person(site, f"127.91.0.{number + 1}").ask(
            "POST", path, form)
        if status != 303:
            raise RuntimeError(f"a start answered {status}: {text[:200]}")
    return [public_id(row[0]) for row in site.sql(
        "SELECT payment_id FROM audit.payment ORDER BY created_at DESC "
        f"LIMIT {count}")]


class Starts(threading.Thread):
    """Guests who press the Pay button, one after the other."""

    def __init__(self, site, forms, pause):
        super().__init__()
        self.site, self.forms, self.pause = site, forms, pause
        self.done = []

    def run(self):
        box = f"https://localhost:{self.site.port + 2}/"
        for number, (path, form) in enumerate(self.forms):
            began = time.monotonic()
            person = Person(self.site, f"127.92.0.{number + 1}")
            status, headers, _ = person.ask("POST", path, form)
            good = status == 303 and \
                (headers["Location"] or "").startswith(box)
            self.done.append((good, status, time.monotonic() - began))
            time.sleep(self.pause)


def check(site, args, bars):
    site.move_away(5)
    try:
        flood_and_pay(site, args, bars)
    finally:
        site.near()


def flood_and_pay(site, args, bars):
    seconds = max(args.seconds, 8)
    top = peak(site, args.seconds)
    payments = begun_payments(site, 10)
    forms = [site.start_form() for _ in range(STARTS)]
    returns = [("return", gen.request(
        site, "GET", f"/en/pay/return/{payment}",
        headers=[("Cookie", site.cookie), ("Connection", "close")]))
        for payment in payments]
    crowd = gen.bills(site) + site.look_ups(2000)
    random.shuffle(crowd)
    notifications = site.notifications(NOTIFY_RATE * (seconds + 1))
    flood = gen.Run(site, "open", crowd, rate=int(top * FACTOR),
                    seconds=seconds + 4, connections=3000, warm=1500)
    time.sleep(3)
    told = gen.Run(site, "open", notifications, net=79, rate=NOTIFY_RATE,
                   seconds=seconds, connections=400)
    back = gen.Run(site, "open", returns, net=80, rate=RETURN_RATE,
                   seconds=seconds, connections=100)
    starts = Starts(site, forms, seconds / STARTS)
    starts.start()
    notified = told.wait()
    returned = back.wait()
    starts.join()
    flood.wait()
    turned = sum(map(gen.turned_away, flood.samples))
    say(f"load: {len(flood.samples)} look-ups and bills at "
        f"{FACTOR} x {top:.0f}/s, {turned} turned away, other "
        f"{gen.tally(flood.samples)}")
    say(f"load: notifications {gen.tally(notified)}, returns "
        f"{gen.tally(returned)}, starts {starts.done}")
    bars.least("priority: look-ups turned away (there was overload)", turned,
               100)
    acked = [s for s in notified if s.outcome == "answered" and
             200 <= s.status < 300]
    bars.same(f"priority: of {len(notified)} notifications acknowledged",
              len(acked), len(notified))
    bars.most("priority: notification p99 ms", gen.p99_ms(notified), 1000)
    bars.same(f"priority: of {len(returned)} returning payers served",
              sum(map(gen.good, returned)), len(returned))
    bars.most("priority: return p99 ms", gen.p99_ms(returned), 3000)
    bars.same(f"priority: of {STARTS} payments started",
              sum(good for good, _, _ in starts.done), STARTS)
