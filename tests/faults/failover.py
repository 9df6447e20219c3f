"""The primary dies, the synchronous standby takes over, the old one comes
back as it was: nothing acknowledged is lost, nothing is written there."""
import signal
import threading
import time

import stack as st
from guest import Browser

SCHEMAS = ("pay", "billing", "notify", "log", "customer", "ops")


class Probe(threading.Thread):
    """Asks for the bill of a code all the time: how long nobody could."""

    def __init__(self, stack, code):
        super().__init__(daemon=True)
        self.stack, self.code = stack, code
        self.good, self.stopping = [], False

    def run(self):
        browser = Browser(self.stack, "127.60.0.1", 3)
        csrf = ""
        while not self.stopping:
            if not csrf:
                page = browser.ask("GET", f"{self.stack.site}/en/pay")
                csrf = page.hidden("csrf") if page is not None else ""
            began = time.monotonic()
            reply = browser.ask("POST", f"{self.stack.site}/en/pay", {
                "csrf": csrf, "website": "", "payment_code": self.code,
                "email": "probe@faults.example"})
            if reply is not None and reply.status == 303:
                self.good.append((began, time.monotonic()))
            time.sleep(0.05)
        browser.close()

    def away(self, since):
        """Seconds from SINCE to the first answer to a question after it."""
        first = [end for began, end in self.good if began >= since]
        return min(first) - since if first else float("inf")


class Failover:
    def __init__(self, stack, weather, dice, code):
        self.stack, self.weather, self.dice = stack, weather, dice
        self.old, self.new = stack.primary, stack.standby
        self.probe = Probe(stack, code)
        self.mark = None  # first transaction of the revived one
        self.away = None

    def deed(self):
        """The whole story, in a thread of the schedule."""
        stack = self.stack
        self.probe.start()
        with self.weather.postgres:
            if self.dice.random() < 0.5:
                # the standby gets no more of it, and what waits for it is
                # cancelled: such a COMMIT is lost with the old primary
                stopped = self.new.processes()
                st.send(stopped, signal.SIGSTOP)
                self.old.psql("SELECT pg_terminate_backend(pid) FROM "
                              "pg_stat_replication", check=False, timeout=5)
                for _ in range(10):
                    time.sleep(0.1)
                    self.weather.cancel_waits()
                self.old.kill()
                killed = time.monotonic()
                st.send(stopped, signal.SIGCONT)
            else:
                self.old.kill()
                killed = time.monotonic()
            time.sleep(self.dice.uniform(0.1, 0.6))  # until it is noticed
            self.new.ctl("-w", "promote")
            self.new.psql("ALTER SYSTEM SET synchronous_standby_names = ''")
            self.new.ctl("reload")
            stack.primary, stack.standby = self.new, self.old
            time.sleep(self.dice.uniform(0.2, 1.5))
            self.old.start()
            # nothing of ours has asked it yet, or it waits before COMMIT
            self.mark = int(self.old.psql("SELECT pg_current_xact_id()")[0][0])
            time.sleep(self.dice.uniform(0, 0.4))
            st.send([stack.master()], signal.SIGHUP)
            time.sleep(1.5 if not stack.args.full else 10)
            self.away = self.probe_end(killed)

    def probe_end(self, killed):
        end = time.monotonic() + 20
        while self.probe.away(killed) == float("inf"):
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        self.probe.stopping = True
        return self.probe.away(killed)

    def rows_written(self):
        """Rows on the old primary since its revival.  It is started once
        more, alone, so that what waits in COMMIT counts as well."""
        stack, old = self.stack, self.old
        stack.order({"do": "hosts", "hosts": {old.name: None}})
        stack.order({"do": "cut", "host": old.name})
        pid = old.kill()
        stack.until(lambda: pid is None or not st.alive(pid), 5, "its end")
        old.configure(None, None)
        old.start()
        tables = old.psql(
            "SELECT format('SELECT %L, count(*) FROM %I.%I WHERE "
            "xmin::text::bigint > " + str(self.mark) + "', relname, nspname, "
            "relname) FROM pg_class AS c JOIN pg_namespace AS n ON "
            "n.oid = relnamespace WHERE relkind = 'r' AND nspname IN ('" +
            "','".join(SCHEMAS) + "')")
        rows = old.psql(" UNION ALL ".join(row[0] for row in tables))
        return {name: int(count) for name, count in rows if count != "0"}

    def rejoin(self):
        """The old primary becomes the standby of the new one."""
        old, new = self.old, self.new
        old.stop()
        new.psql("CHECKPOINT")
        st.sh(*st.as_database(
            [f"{st.PG_BIN}/pg_rewind", "-D", str(old.data),
             f"--source-server=host={new.sockets} user={st.ADMIN} "
             "dbname=postgres"]), cwd="/")
        self.stack.follow()
