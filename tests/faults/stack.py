"""The stack that the schedules run on: nginx, the programs, the sandbox, two
PostgreSQL clusters that replicate synchronously, the fault proxy between
them; and what can be done to its processes."""
import glob
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/support"))
import ending  # noqa: E402

PG_BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
ADMIN = "smetka_admin"

# Limits that forty clients on one machine would meet by themselves.
OPEN_LIMITS = """\
limit.lookups_per_address = 100000
limit.lookups_global = 1000000
limit.failures_per_identifier = 1000
limit.page_rate = 100000
limit.page_burst = 100000
"""
# Deadlines, so that a schedule is seconds long.
SCALED = """\
sweep.first_s = 1
sweep.unknown_after_s = 2
processor.connect_ms = 500
processor.total_ms = 1500
db.connect_ms = 800
db.query_ms = 1000
db.wait_ms = 500
worker.queue_ms = 500
worker.request_ms = 6000
"""


class Broken(Exception):
    """The stack did not do what the harness needs; no verdict."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def as_database(command):
    if os.getuid() == 0:
        return ["setpriv", "--reuid=postgres", "--regid=postgres",
                "--init-groups", "--", *command]
    return command


def sh(*command, check=True, timeout=120, **more):
    done = ending.run(*command, stderr=subprocess.STDOUT, timeout=timeout,
                      **more)
    if check and done.returncode != 0:
        raise Broken(f"{' '.join(command)} failed ({done.returncode}):\n"
                     f"{done.stdout[-2000:]}")
    return done.stdout


def parent_of(pid):
    text = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return int(text[text.rindex(")") + 2:].split()[1])


def children(pid):
    out = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if parent_of(entry) == pid:
                    out.append(int(entry))
            except (OSError, ValueError):
                continue
    return out


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(
            encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Cluster:
    """One PostgreSQL of the two."""

    def __init__(self, name, data, sockets, log):
        self.name, self.data, self.sockets = name, data, sockets
        self.log = log

    def pid(self):
        try:
            text = (self.data / "postmaster.pid").read_text(encoding="utf-8")
            pid = int(text.split()[0])
            return pid if alive(pid) else None
        except (OSError, ValueError, IndexError):
            return None

    def ctl(self, *words, check=True):
        return sh(*as_database([f"{PG_BIN}/pg_ctl", "-D", str(self.data), "-s",
                                *words]), check=check, cwd="/")

    def start(self):
        """Start it; old backends may still hold the shared memory."""
        if self.pid():
            return
        for _ in range(40):
            try:
                self.ctl("-w", "-t", "60", "-l", str(self.log), "-o",
                         f"-c unix_socket_directories='{self.sockets}'"
                         f" -c cluster_name={self.name}", "start")
                return
            except Broken:
                time.sleep(0.25)
        raise Broken(f"PostgreSQL {self.name} did not start: see {self.log}")

    def kill(self):
        """kill -9 of the postmaster; its children end by themselves."""
        pid = self.pid()
        if pid:
            send([pid], signal.SIGKILL)
        return pid

    def stop(self, mode="fast"):
        if self.pid():
            self.ctl("-m", mode, "-w", "stop", check=False)

    def processes(self):
        pid = self.pid()
        return [pid, *children(pid)] if pid else []

    def psql(self, *statements, timeout=30, check=True, split=False):
        """Rows as lists of text; with SPLIT a list of them a statement."""
        script = "\n\\echo \x1e\n".join(s + ";" for s in statements)
        done = subprocess.run(
            as_database(["psql", "-h", str(self.sockets), "-U", ADMIN, "-d",
                         "smetka", "-XAtq", "-F", "\t", "-v",
                         "ON_ERROR_STOP=1", "-f", "-"]),
            input=script, text=True, capture_output=True, timeout=timeout,
            cwd="/", check=False)
        if check and done.returncode != 0:
            raise Broken(f"psql {self.name}: {done.stderr[-2000:]}\n"
                         f"{script[:500]}")
        parts = [[line.split("\t") for line in part.splitlines() if line]
                 for part in done.stdout.split("\x1e\n")]
        return parts if split else parts[-1]

    def configure(self, upstream, synchronous):
        """Its role at the next start: follow UPSTREAM or none, wait for the
        standby called SYNCHRONOUS or none."""
        lines = ["synchronous_standby_names = '" +
                 (f"FIRST 1 ({synchronous})" if synchronous else "") + "'\n"]
        if upstream:
            lines.append(
                f"primary_conninfo = 'host={upstream.sockets} port=5432 "
                f"user={ADMIN} application_name={self.name}'\n")
        auto = self.data / "postgresql.auto.conf"
        auto.write_text("".join(lines), encoding="utf-8")
        signal_file = self.data / "standby.signal"
        if upstream:
            signal_file.touch()
        else:
            signal_file.unlink(missing_ok=True)
        if os.getuid() == 0:
            for path in (auto, signal_file):
                if path.exists():
                    shutil.chown(path, "postgres", "postgres")


class Stack:
    def __init__(self, args):
        self.args, self.port = args, args.port
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="smetka-faults."))
        self.dir.chmod(0o755)
        self.site = f"https://localhost:{self.port}"
        self.box = f"https://localhost:{self.port + 2}"
        self.proxy = self.guard = None
        self.clusters = {}
        self.primary = self.standby = None
        self.sessions, self.truth_read = {}, 0

    # ---- up and down -------------------------------------------------------

    def up(self):
        self.guard = ending.Guard(self.dir)
        fault = self.dir / "fault"
        fault.mkdir()
        fault.chmod(0o755)
        api = self.port + 5
        self.proxy = subprocess.Popen(
            [sys.executable, str(TOP / "tests/faults/proxy"), "--dir",
             str(fault), "--port", str(api), "--sandbox", self.box, "--site",
             self.site, "--ca", str(self.dir / "ca.pem")],
            stdout=open(self.dir / "proxy.log", "ab"),
            stderr=subprocess.STDOUT, preexec_fn=ending.die_with_us)
        self.until(self.proxy_listens, 20, "the proxy")
        self.order({"do": "hosts", "hosts": {"a": str(self.dir / "pg")}})
        env = self.dir / "faults.env"
        env.write_text(
            OPEN_LIMITS + ("" if self.args.full else SCALED) +
            f"database = host={fault}/a,{fault}/b dbname=smetka "
            "target_session_attrs=read-write\n"
            f"stripe.base_url = http://127.0.0.1:{api}\n"
            "sandbox.webhook_url = "
            f"http://127.0.0.1:{api + 1}/gw/notify/stripe\n",
            encoding="utf-8")
        say(f"faults: starting the stack below {self.dir} ...")
        sh(str(TOP / "nginx/up"), "--state", str(self.dir), "--detach",
           "--port", str(self.port), "--env", str(env), "--customers",
           str(self.args.customers), "--preset", self.args.preset,
           timeout=1500)
        self.clusters = {
            "a": Cluster("a", self.dir / "data", self.dir / "pg",
                         self.dir / "log/postgresql.log"),
            "b": Cluster("b", self.dir / "data_b", self.dir / "pgb",
                         self.dir / "log/postgresql.log")}
        self.primary, self.standby = self.clusters["a"], self.clusters["b"]
        self.secret = (self.dir / "etc/stripe_hook").read_text().strip()
        self.api_key = (self.dir / "etc/stripe_key").read_text().strip()
        self.tls = ssl.create_default_context(cafile=str(self.dir / "ca.pem"))
        self.make_standby()

    def make_standby(self):
        hba = self.primary.data / "pg_hba.conf"
        with open(hba, "a", encoding="utf-8") as file:
            file.write(f"local replication {ADMIN} peer map=admin\n")
        self.primary.ctl("reload")
        for folder in (self.standby.data, self.standby.sockets):
            folder.mkdir(mode=0o755)
            if os.getuid() == 0:
                shutil.chown(folder, "postgres", "postgres")
        self.standby.data.chmod(0o700)
        self.primary.psql("ALTER SYSTEM SET wal_keep_size = '1GB'")
        sh(*as_database([f"{PG_BIN}/pg_basebackup", "-D",
                         str(self.standby.data), "-X", "stream", "-c", "fast",
                         "-d", f"host={self.primary.sockets} user={ADMIN}"]),
           cwd="/")
        for cluster in (self.primary, self.standby):
            with open(cluster.data / "postgresql.conf", "a",
                      encoding="utf-8") as file:
                file.write("wal_keep_size = '1GB'\nwal_log_hints = on\n"
                           "wal_receiver_timeout = 5s\n"
                           "wal_retrieve_retry_interval = 200ms\n")
        self.follow()

    def follow(self):
        """The standby follows the primary, which waits for it."""
        self.standby.configure(self.primary, None)
        self.standby.start()
        name = self.standby.name
        self.primary.psql("ALTER SYSTEM SET synchronous_standby_names = "
                          f"'FIRST 1 ({name})'")
        self.primary.ctl("reload")
        self.until(self.is_synchronous, 30, "the synchronous standby")
        self.order({"do": "hosts", "hosts": {
            self.primary.name: str(self.primary.sockets),
            self.standby.name: str(self.standby.sockets)}})

    def is_synchronous(self):
        rows = self.primary.psql(
            "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync' "
            f"AND application_name = '{self.standby.name}' "
            "AND state = 'streaming'", check=False)
        return rows == [["1"]]

    def down(self):
        for cluster in self.clusters.values():
            send(cluster.processes(), signal.SIGCONT)
        sh(str(TOP / "nginx/down"), "--state", str(self.dir), check=False,
           start_new_session=True)
        for cluster in self.clusters.values():
            cluster.stop("immediate")
        if self.proxy:
            self.proxy.terminate()
            self.proxy.wait()
        if self.guard:
            self.guard.release()

    def remove(self):
        if (self.dir / "run").is_symlink():
            shutil.rmtree((self.dir / "run").resolve(), ignore_errors=True)
        shutil.rmtree(self.dir, ignore_errors=True)

    def proxy_listens(self):
        try:
            return self.order({"do": "done"}) is not None
        except OSError:
            return False

    # ---- asking ------------------------------------------------------------

    def order(self, what):
        """One order to the proxy."""
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(10)
            link.connect(str(self.dir / "fault/control"))
            link.sendall(json.dumps(what).encode() + b"\n")
            return json.loads(link.makefile().readline())

    @staticmethod
    def until(test, seconds, what):
        end = time.monotonic() + seconds
        while not test():
            if time.monotonic() > end:
                raise Broken(f"waited {seconds} s in vain for {what}")
            time.sleep(0.05)

    def codes(self):
        """Payment codes of the demonstration company."""
        rows = (self.dir / "demo/accounts.csv").read_text(
            encoding="utf-8").splitlines()[1:]
        return list(dict.fromkeys(row.split(",")[1] for row in rows))

    def truth(self):
        """The processor's own books: its sessions, as they stand."""
        path = self.dir / "sandbox/truth.jsonl"
        if path.exists():
            with open(path, "rb") as file:
                file.seek(self.truth_read)
                for line in file:
                    if not line.endswith(b"\n"):
                        break  # it is being written
                    self.truth_read += len(line)
                    row = json.loads(line)
                    self.sessions[row["id"]] = row
        return dict(self.sessions)

    def smetka(self, *words):
        """The operator's command."""
        bin_dir = self.dir / "bin"
        if not bin_dir.exists():
            bin_dir = TOP / "build" / self.args.preset / "bin"
        command = [f"{bin_dir}/smetka", *words, "--config",
                   f"{self.dir}/etc/ctl.conf"]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=www-data", "--regid=www-data",
                       "--init-groups", "--", *command]
        return sh(*command, check=False, cwd="/")

    # ---- processes ---------------------------------------------------------

    def master(self):
        return int((self.dir / "run/master.pid").read_text())

    def workers(self, name):
        """Pids of the workers that serve as NAME."""
        out = []
        for pid in children(self.master()):
            try:
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes() \
                    .decode().split("\0")
            except OSError:
                continue
            called = words[0].rsplit("/", 1)[-1]
            if "--instance" in words:  # the same program under two names
                called = words[words.index("--instance") + 1]
            if called == name:
                out.append(pid)
        return out

    def nginx(self):
        return int((self.dir / "run/nginx.pid").read_text())

    def start_nginx(self):
        command = ["/usr/sbin/nginx", "-e", f"{self.dir}/log/nginx-error.log",
                   "-p", str(self.dir), "-c", f"{self.dir}/nginx/nginx.conf"]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=www-data", "--regid=www-data",
                       "--init-groups", "--", *command]
        for _ in range(20):  # until the old one's port is free
            if "emerg" not in sh(*command, check=False, cwd="/"):
                return
            time.sleep(0.2)
        raise Broken("nginx did not start again")

    def kill_nginx(self):
        master = self.nginx()
        send([master, *children(master)], signal.SIGKILL)
        self.until(lambda: not alive(master), 5, "nginx's end")
        self.start_nginx()

    def ready(self):
        """Every program answers that it can serve."""
        urls = [f"{self.site}/{p}/readyz" for p in ("portal", "pay", "notify")]
        done = sh("curl", "-s", "--max-time", "4", "--cacert",
                  f"{self.dir}/ca.pem", "-w", "%{http_code} ",
                  *(word for url in (*urls, self.box + "/")
                    for word in ("-o", "/dev/null", url)), check=False)
        return done.split() == ["200"] * 4
