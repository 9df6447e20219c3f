"""What goes wrong in a schedule: drawn from its seed, done to the stack."""
import random
import signal
import threading
import time
import traceback

import stack as st

API = ("lose_request", "lose_reply", "error_before", "error_after", "delay",
       "twice", "late_twin", "kill_before", "kill_after")
HOOK = ("lose_request", "lose_reply", "error_after", "delay", "twice",
        "late_twin", "swallow", "late", "forge", "kill_before", "kill_after")
COMMITS = (("commit_sent", "cut"), ("commit_sent", "kill"),
           ("commit_done", "cut"), ("commit_done", "kill"),
           ("commit_done", "silent"), ("commit_sent", "delay"))
# name: weight; those of PROXY are rules for the proxy, the rest are deeds
DEEDS = {
    "kill_portal": 2, "kill_pay": 6, "kill_notify": 6, "kill_jobs": 5,
    "kill_nginx_worker": 3, "nginx_reload": 3, "nginx_dead": 2, "roll": 4,
    "pg_kill": 4, "pg_restart": 3, "pg_stop": 4, "sandbox_stop": 4,
    "pg_cut": 3, "standby_stall": 4, "sandbox_error": 3, "sandbox_slow": 2,
    "sandbox_takes": 4, "refunds": 5,
}
PROXY = {"api": 9, "hook": 9, "commits": 12, "pg_delay": 4, "no_hooks": 3}


class Weather:
    """The faults of one schedule."""

    def __init__(self, stack, dice, length):
        self.stack, self.dice, self.length = stack, dice, length
        self.postgres = threading.Lock()  # one thing at a time to the server
        self.threads, self.broken = [], []
        self.over = None  # when the last of it ended
        self.names, self.rules, self.deeds = [], {}, []

    def draw(self, special=None):
        if special == "calm":
            return self.draw_calm()
        both = {**DEEDS, **PROXY}
        names = self.dice.choices(list(both), list(both.values()),
                                  k=self.dice.randint(1, 6))
        if special == "failover":
            # the two that would stand in its way
            names = [n for n in names if n not in
                     ("pg_kill", "pg_restart", "pg_stop", "standby_stall")]
        self.names = names
        for name in names:
            if name in PROXY:
                getattr(self, "rule_" + name)()
            else:
                # the processor's ways change while most have yet to pay
                early = 0.3 if name.startswith("sandbox_") else 1
                self.deeds.append(
                    (self.dice.random() * self.length * early, name))
        self.deeds.sort()
        if special:
            self.names = [special, *names]

    def draw_calm(self):
        """Only what an operator does by day; no request may fail of it."""
        count = 50 if self.stack.args.full else 6
        self.deeds = [(self.length * (i + 0.5) / count, "nginx_reload")
                      for i in range(count)]
        self.deeds.append((self.length / 3, "roll"))
        self.names = ["calm", *[name for _, name in self.deeds]]

    # ---- rules of the proxy ------------------------------------------------

    def rule_api(self):
        part = self.rules.setdefault("api", {"faults": [], "count": 0})
        part["faults"] += self.dice.sample(API, 2)
        part["count"] += self.dice.randint(1, 8)

    def rule_hook(self):
        part = self.rules.setdefault("hook", {"faults": [], "count": 0})
        part["faults"] += self.dice.sample(HOOK, 2)
        part["count"] += self.dice.randint(1, 8)

    def rule_no_hooks(self):
        self.rules["hook"] = {"faults": ["swallow"], "count": 1000}

    def rule_commits(self):
        part = self.rules.setdefault("pg", {}).setdefault("rules", [])
        for at, act in self.dice.sample(COMMITS, 2):
            part.append({"at": at, "act": act, "p": 0.3,
                         "count": self.dice.randint(1, 5),
                         "program": self.dice.choice(
                             ("pay", "notify", "jobs", None))})

    def rule_pg_delay(self):
        self.rules.setdefault("pg", {})["delay_ms"] = [
            0, self.dice.choice((2, 10, 30))]

    # ---- the schedule ------------------------------------------------------

    def past(self):
        """It has been over for a second: guests need not try any more."""
        if self.over is None and not any(t.is_alive() for t in self.threads):
            self.over = time.time()
        return self.over is not None and time.time() > self.over + 1

    def start(self, number):
        self.stack.order({"do": "rules", "seed": number,
                          "master": self.stack.master(), **self.rules})
        for i, (at, name) in enumerate(self.deeds):
            self.later(at, getattr(self, "do_" + name),
                       random.Random(f"{number} {name} {i}"))

    def later(self, at, deed, *arguments):
        def run():
            time.sleep(at)
            try:
                deed(*arguments)
            except Exception:  # the harness's own trouble, told at the end
                self.broken.append(traceback.format_exc())
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self.threads.append(thread)

    def finish(self):
        for thread in self.threads:
            thread.join()
        if self.broken:
            raise st.Broken("\n".join(self.broken))

    def heal(self):
        """Everything runs and nothing is in the way; what took too long."""
        stack = self.stack
        for cluster in stack.clusters.values():
            st.send(cluster.processes(), signal.SIGCONT)
        st.send(stack.workers("sandbox"), signal.SIGCONT)
        stack.order({"do": "rules"})
        if any("sandbox" in name for name in self.names):
            self.behave(create="normal", query="normal", take="normal")
        stack.primary.start()
        began = time.monotonic()
        stack.until(stack.ready, 30, "the programs")
        took = time.monotonic() - began
        stack.standby.start()
        stack.until(stack.is_synchronous, 30, "the synchronous standby")
        # nobody was killed, so nobody waits to be started again
        if not set(self.names) & {"api", "hook", "commits"} and not any(
                name.startswith("kill_") for name in self.names) and (
                    took > 5):
            yield "A-5 the programs took more than 5 s to heal"

    def span(self, dice, least, most):
        """A length of time, five times as long at full length."""
        return dice.uniform(least, most) * (
            5 if self.stack.args.full else 1)

    # ---- deeds -------------------------------------------------------------

    def kill(self, name):
        st.send(self.stack.workers(name), signal.SIGKILL)

    def do_kill_portal(self, dice):
        self.kill("portal")

    def do_kill_pay(self, dice):
        self.kill("pay")

    def do_kill_notify(self, dice):
        self.kill("notify")

    def do_kill_jobs(self, dice):
        self.kill("jobs")

    def do_kill_nginx_worker(self, dice):
        st.send(st.children(self.stack.nginx())[:1], signal.SIGKILL)

    def do_nginx_reload(self, dice):
        st.send([self.stack.nginx()], signal.SIGHUP)

    def do_nginx_dead(self, dice):
        self.stack.kill_nginx()

    def do_roll(self, dice):
        st.send([self.stack.master()], signal.SIGHUP)

    def do_pg_kill(self, dice):
        with self.postgres:
            self.stack.primary.kill()
            time.sleep(self.span(dice, 0, 1))
            self.stack.primary.start()

    def do_pg_restart(self, dice):
        with self.postgres:
            self.stack.primary.stop(dice.choice(("fast", "immediate")))
            self.stack.primary.start()

    def do_pg_stop(self, dice):
        with self.postgres:
            stopped = self.stack.primary.processes()
            st.send(stopped, signal.SIGSTOP)
            time.sleep(self.span(dice, 0.3, 1.6))
            st.send(stopped, signal.SIGCONT)

    def do_sandbox_stop(self, dice):
        pids = self.stack.workers("sandbox")
        st.send(pids, signal.SIGSTOP)
        time.sleep(self.span(dice, 0.3, 2))
        st.send(pids, signal.SIGCONT)

    def do_pg_cut(self, dice):
        self.stack.order({"do": "cut"})

    def do_standby_stall(self, dice):
        """The standby stops; half of the time somebody then cancels what
        waits for it, upon which the server says COMMIT all the same."""
        with self.postgres:
            self.stall(dice.random() < 0.5, self.span(dice, 0.4, 1.2))

    def stall(self, cancel, seconds):
        stopped = self.stack.standby.processes()
        st.send(stopped, signal.SIGSTOP)
        try:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if cancel:
                    self.cancel_waits()
                time.sleep(0.1)
        finally:
            st.send(stopped, signal.SIGCONT)

    def cancel_waits(self):
        self.stack.primary.psql(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
            "WHERE wait_event = 'SyncRep'", check=False, timeout=5)

    def post(self, path, **words):
        """A form of the sandbox's own pages; whether it was taken."""
        form = [f"-d{k}={v}" for k, v in words.items()]
        return st.sh(
            "curl", "-sS", "--max-time", "8", "--cacert",
            f"{self.stack.dir}/ca.pem", "-o", "/dev/null", "-w",
            "%{http_code}", "-H", f"Origin: {self.stack.box}",
            "-dcsrf=sandbox", *form, self.stack.box + path,
            check=False).endswith("303")

    def behave(self, **words):
        """A slow processor is slow to hear of it as well."""
        self.stack.until(lambda: self.post("/", **words), 60, "the sandbox")

    def do_sandbox_error(self, dice):
        self.behave(create=dice.choice(("error", "error_after")),
                    query=dice.choice(("error", "normal")))

    def do_sandbox_slow(self, dice):
        self.behave(create=dice.choice(("slow", "normal")), query="slow")
        time.sleep(self.span(dice, 0.3, 0.8))
        self.behave(create="normal", query="normal")

    def do_sandbox_takes(self, dice):
        """Another sum or another currency than what was asked for."""
        self.behave(take=dice.choice(("less", "more", "currency")))

    def do_refunds(self, dice):
        """Of what was settled earlier a part is given back: asked for by an
        operator of ours, or done at the processor's own desk."""
        self.stack.primary.psql(
            "SELECT pay.refund_request(payment_id, 1 + settled_minor / 3, "
            "'operator', 'faults', clock_timestamp()) FROM (SELECT * FROM "
            "audit.payment WHERE state = 'settled' ORDER BY md5(payment_id "
            f"|| '{dice.random()}') LIMIT 4) AS p", check=False, timeout=20)
        paid = [row["id"] for row in self.stack.truth().values()
                if row["paid"] == "paid" and row["refunded"] < row["amount"]]
        for ref in dice.sample(paid, min(2, len(paid))):
            self.post(f"/refund/{ref}", amount="0.50")
