"""The stack that is loaded: the bench's, with the sandbox, codes to type and
what is needed to look inside."""
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import signal
import subprocess
import time
import urllib.parse

import gen
import pages
from stack import SETTINGS, Stack, TOP, base32, die_with_us, keyed_hash, tree

CODES = 500
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# The limits of one address stay in the way of nobody here; the processor is
# the sandbox of the same stack.
LOAD_SETTINGS = "".join(
    line + "\n" for line in SETTINGS.splitlines()
    if not line.startswith(("stripe.", "smtp."))) + """\
limit.failures_per_identifier = 1000
sweep.first_s = 2
"""


def payment_code():
    """A code as the programs make them: twelve symbols and mod 97."""
    text = "".join(secrets.choice(SYMBOLS) for _ in range(12))
    number = int("".join(str(int(c, 36)) for c in text))
    return text + f"{98 - number * 100 % 97:02d}"


class Person:
    """A browser at an address of its own, with the stack's cookie."""

    def __init__(self, site, address="127.90.0.1", cookie=True, timeout=30):
        self.site = site
        self.conn = http.client.HTTPSConnection(
            "localhost", site.port, timeout=timeout, context=site.tls(),
            source_address=(address, 0))
        self.headers = {"Cookie": site.cookie} if cookie else {}

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and text; status 0 if there was no answer."""
        sent = {**self.headers, **(headers or {})}
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            sent["Origin"] = f"https://localhost:{self.site.port}"
        try:
            self.conn.request(method, path, body, sent)
            answer = self.conn.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.conn.close()
            return 0, {}, repr(error)


class Site(Stack):
    def __init__(self, customers, port, settings=()):
        super().__init__(customers, port, LOAD_SETTINGS + "".join(
            line.replace("=", " = ", 1) + "\n" for line in settings),
            sandbox=True, page=pages.Bill)
        self.far = None
        self.codes = []
        self.unused = []

    def up(self):
        super().up()
        self.key = bytes.fromhex((self.dir / "etc/lookup").read_text().strip())
        self.hook = (self.dir / "etc/stripe_hook").read_text().strip()
        self.make_codes()
        self.unused = self.paths[-2000:]
        self.paths = self.paths[:-2000]
        self.behave(create="normal", query="normal", notify="normal")

    def down(self):
        try:
            self.near()
        finally:
            super().down()

    def make_codes(self):
        """Payment codes for the first accounts."""
        self.codes = [payment_code() for _ in range(min(CODES,
                                                        self.customers))]
        rows = self.dir / "codes.tsv"
        rows.write_text("".join(
            f"{number}\t\\\\x{keyed_hash(self.key, 'payment_code', c.encode())}"
            f"\t{c[-4:]}\n" for number, c in enumerate(self.codes, 1)))
        rows.chmod(0o644)
        self.psql(
            "-c", "CREATE TEMP TABLE c (id bigint, hash bytea, hint text)",
            "-c", f"\\copy c FROM '{rows}'",
            "-c", "UPDATE customer.account AS a SET payment_code_hash = "
            "c.hash, payment_code_hint = c.hint FROM c WHERE c.id = a.id")

    # ---- requests --------------------------------------------------------

    def form_token(self):
        status, _, text = Person(self).ask("GET", "/en/pay")
        found = re.search(r'name="csrf" value="([^"]+)"', text)
        if status != 200 or not found:
            raise RuntimeError(f"the look-up's form answered {status}")
        return found[1]

    def look_ups(self, count):
        """Codes typed by guests, each of them right."""
        token = self.form_token()
        return [("look-up", gen.request(
            self, "POST", "/en/pay",
            {"csrf": token, "website": "", "email": "load@example.org",
             "payment_code": random.choice(self.codes)},
            [("Cookie", self.cookie)])) for _ in range(count)]

    def notifications(self, count):
        """Signed messages of the processor: half of them about orders that
        nobody knows, half the same one again."""
        same = self.event()
        return [("notify", self.signed(same if i % 2 else self.event()))
                for i in range(count)]

    def event(self):
        mark = secrets.token_hex(12)
        session = {
            "id": f"cs_load_{mark}", "object": "checkout.session",
            "amount_total": 1234, "currency": "ron", "status": "complete",
            "client_reference_id": f"load{mark}", "payment_status": "paid",
            "payment_intent": f"pi_load_{mark}", "mode": "payment",
            "created": int(time.time()), "livemode": False,
            "metadata": {}}
        return json.dumps({
            "id": f"evt_load_{mark}", "object": "event",
            "type": "checkout.session.completed", "livemode": False,
            "created": int(time.time()), "data": {"object": session}}).encode()

    def signed(self, body):
        stamp = str(int(time.time()))
        mac = hmac.new(self.hook.encode(), stamp.encode() + b"." + body,
                       hashlib.sha256).hexdigest()
        return gen.request(self, "POST", "/gw/notify/stripe", body, [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Stripe-Signature", f"t={stamp},v1={mac}")])

    def start_form(self):
        """The Pay button of a guest who has just read the bill: where it
        leads and what it sends."""
        path = self.unused.pop()
        status, _, text = Person(self).ask("GET", path)
        if status != 200:
            raise RuntimeError(f"the bill answered {status}")
        fields = dict(re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        return f"{path}/start", {**fields, "website": "", "choice": "total"}

    # ---- the processor ---------------------------------------------------

    def sandbox_ask(self, method, path, body=None):
        conn = http.client.HTTPSConnection("localhost", self.port + 2,
                                           timeout=30, context=self.tls())
        conn.request(method, path, body and urllib.parse.urlencode(body), {
            "Origin": f"https://localhost:{self.port + 2}",
            "Content-Type": "application/x-www-form-urlencoded"})
        answer = conn.getresponse()
        return answer.status, answer.read().decode()

    def behave(self, **words):
        """Tell the sandbox how to be; it may be busy with saying nothing."""
        until = time.monotonic() + 30
        while True:
            status, text = self.sandbox_ask("POST", "/",
                                            {"csrf": "sandbox", **words})
            if status == 303 or time.monotonic() > until:
                break
            time.sleep(0.2)
        if status != 303:
            raise RuntimeError(f"the sandbox answered {status}: {text[:200]}")

    def truth(self):
        """The processor's own books: session -> (status, paid)."""
        _, text = self.sandbox_ask("GET", "/truth")
        return {p[0]: (p[1], p[2]) for p in
                (line.split() for line in text.splitlines()) if len(p) > 2}

    # ---- the database ----------------------------------------------------

    def sql(self, query):
        out = self.psql("-At", "-F", "\t", "-c", query)
        return [line.split("\t") for line in out.splitlines()]

    def sql_behind(self, script):
        """A session of its own that runs SCRIPT beside us."""
        command = ["psql", "-h", self.pg_dir, "-U", "smetka_admin", "-d",
                   "smetka", "-X", "-q", "-c", script]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres",
                       "--init-groups", "--pdeathsig=TERM", "--", *command]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL,
                                preexec_fn=die_with_us)

    def sessions(self):
        """Connections of each program's role."""
        return {role: int(count) for role, count in self.sql(
            "SELECT usename, count(*) FROM pg_stat_activity WHERE usename "
            "LIKE 'smetka_%' AND usename <> 'smetka_admin' GROUP BY 1 "
            "ORDER BY 1")}

    def move_away(self, delay_ms):
        """Put the portal's database DELAY_MS away."""
        folder = self.dir / "far"
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        path = folder / ".s.PGSQL.5432"
        self.far = subprocess.Popen(
            [str(TOP / "build/release/tests/load/load_delay"), str(path),
             f"{self.pg_dir}/.s.PGSQL.5432", str(delay_ms)],
            preexec_fn=die_with_us)
        while not path.exists():
            time.sleep(0.01)
        self.set("portal", "database", f"host={folder} dbname=smetka")

    def near(self):
        if self.far:
            self.set("portal", "database",
                     f"host={self.pg_dir} dbname=smetka")
            self.far.kill()
            self.far.wait()
            self.far = None

    def set(self, program, key, value):
        """Change one setting and have master replace the workers."""
        file = self.dir / f"etc/{program}.conf"
        text = file.read_text()
        lines = [line for line in text.splitlines()
                 if not line.startswith(f"{key} =")]
        file.chmod(0o600)
        file.write_text("\n".join([*lines, f"{key} = {value}"]) + "\n")
        file.chmod(0o400)
        old = self.workers(program)
        os.kill(self.pids["master"], signal.SIGHUP)
        until = time.monotonic() + 60
        while set(old) & set(self.workers(program)):
            if time.monotonic() > until:
                raise RuntimeError(f"a worker of {program} does not leave")
            time.sleep(0.1)
        self.pids["app"] = self.app_pid()

    def workers(self, program):
        """Process ids of PROGRAM, those that are leaving too."""
        out = []
        for pid in tree(self.pids["master"]):
            try:
                name = pathlib.Path(f"/proc/{pid}/cmdline").read_text() \
                    .split("\0")[0]
            except OSError:
                continue
            if os.path.basename(name) == program:
                out.append(pid)
        return out

    # ---- memory ----------------------------------------------------------

    def rss_mb(self):
        """Resident memory of nginx and of all workers."""
        total = 0
        for root in ("nginx", "master"):
            for pid in tree(self.pids[root]):
                try:
                    total += int(pathlib.Path(f"/proc/{pid}/statm")
                                 .read_text().split()[1])
                except OSError:
                    continue
        return total * os.sysconf("SC_PAGE_SIZE") / 2**20

    # ---- nginx's own account --------------------------------------------

    def log_mark(self):
        time.sleep(1.2)  # nginx writes its log once a second
        return (self.dir / "log/nginx-access.log").stat().st_size

    def log_since(self, mark):
        """How often each (status, upstream's status) came."""
        time.sleep(1.2)
        out = {}
        with open(self.dir / "log/nginx-access.log", "rb") as file:
            file.seek(mark)
            for line in file:
                try:
                    row = json.loads(line)
                except ValueError:
                    continue
                key = (row["status"], row.get("upstream_status", ""))
                out[key] = out.get(key, 0) + 1
        return out


def public_id(uuid):
    """A public id as the addresses write it."""
    return base32(bytes.fromhex(uuid.replace("-", "")))
