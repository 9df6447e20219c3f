"""The stack that the bench measures, the floor's front, and what a group of
processes has used."""
import hashlib
import hmac
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests/support"))
import ending  # noqa: E402
from ending import die_with_us  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def say(text):
    print(text, file=sys.stderr, flush=True)


def sh(*command, **more):
    done = ending.run(*command, **more)
    if done.returncode != 0:
        sys.exit(f"bench: {command[0]} failed ({done.returncode})\n"
                 f"{done.stdout}")
    return done.stdout


# ---- what a group of processes has used ------------------------------------

def stat_fields(pid):
    text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    return text[text.rindex(")") + 2:].split()


def tree(root):
    """ROOT and all that descends from it."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                children.setdefault(int(stat_fields(entry)[1]), []) \
                    .append(int(entry))
            except (OSError, ValueError):
                continue
    out, todo = [], [root]
    while todo:
        pid = todo.pop()
        out.append(pid)
        todo += children.get(pid, [])
    return out


def cpu_seconds(root):
    """User and system time, of children that have ended as well."""
    total = 0
    for pid in tree(root):
        try:
            total += sum(map(int, stat_fields(pid)[11:15]))
        except OSError:
            continue
    return total / TICK


def pss_kb(pid):
    """Proportional memory.  Workers hide theirs from an ordinary user; then
    all that is resident, which is more."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
    except PermissionError:
        pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024


# ---- the stack -------------------------------------------------------------

SETTINGS = """\
limit.lookups_per_address = 100000
limit.lookups_global = 1000000
limit.page_rate = 100000
limit.page_burst = 100000
stripe.secret_key = unused
stripe.webhook_secret = unused
smtp.url = smtp://127.0.0.1:1
smtp.from = bench@bench.example
"""


def schema_mark():
    """What the kept data depends on: tables, and how they are filled."""
    files = sorted((TOP / "sql/migrations").glob("*.sql"))
    files.append(TOP / "tests/bench/data.sql")
    return hashlib.sha256(b"\0".join(
        f.name.encode() + b"\0" + f.read_bytes() for f in files)).hexdigest()


def keyed_hash(key, purpose, value):
    """The hash under which the database knows VALUE."""
    return hmac.new(key, purpose.encode() + b"\0" + value,
                    hashlib.sha256).hexdigest()


def base32(raw):
    """16 bytes as the addresses write them."""
    number = int.from_bytes(raw, "big") << 2
    return "".join(ALPHABET[number >> shift & 31]
                   for shift in range(125, -1, -5))


class Stack:
    """nginx, master with its workers and PostgreSQL below build/bench; with
    SANDBOX the processor and its mailbox too."""

    def __init__(self, customers, port, settings=SETTINGS, sandbox=False,
                 page=None):
        self.customers, self.port = customers, port
        self.page = page  # of pages.py
        self.settings, self.sandbox = settings, sandbox
        self.base = TOP / "build" / "bench" / str(customers)
        self.dir = self.base
        self.pids = {}
        self.guard = None

    def up(self):
        """Start it, with the data of an earlier run if that still fits."""
        self.forget_old()
        self.base.mkdir(parents=True, exist_ok=True)
        self.guard = ending.Guard(self.base)
        settings = self.base.parent / "bench.env"
        settings.write_text(self.settings)
        sh(str(TOP / "nginx/up"), "--state", str(self.base), "--detach",
           *([] if self.sandbox else ["--no-sandbox"]), "--no-demo-data",
           "--port", str(self.port), "--env", str(settings))
        if (self.base / "moved").exists():
            self.dir = (self.base / "moved").resolve()
        env = dict(line.split("=", 1) for line in
                   (self.dir / "stack.env").read_text().splitlines())
        self.pg_dir = re.search(r"host=(\S+)", env["DATABASE"])[1]
        run = self.dir / "run"
        self.pids = {
            "nginx": int((run / "nginx.pid").read_text()),
            "master": int((run / "master.pid").read_text()),
            "pg": int((self.dir / "data/postmaster.pid").read_text()
                      .split()[0]),
        }
        self.pids["app"] = self.app_pid()
        self.load()
        if self.page:
            self.page.prepare(self)

    def down(self):
        if self.base.exists():
            sh(str(TOP / "nginx/down"), "--state", str(self.base),
               start_new_session=True)
        if self.guard:
            self.guard.release()
            self.guard = None

    def forget_old(self):
        """Stop what a killed run left, and drop data of another schema."""
        self.down()
        mark = self.base / "schema"
        if not self.base.exists():
            return
        if mark.exists() and mark.read_text() == schema_mark():
            return
        moved = self.base / "moved"
        if moved.exists():
            shutil.rmtree(moved.resolve())
        shutil.rmtree(self.base)

    def psql(self, *options):
        command = ["psql", "-h", self.pg_dir, "-U", "smetka_admin", "-d",
                   "smetka", "-X", "-q", "-v", "ON_ERROR_STOP=1", *options]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres",
                       "--init-groups", "--", *command]
        return sh(*command)

    def app_pid(self):
        """The portal's worker, a child of master."""
        for pid in tree(self.pids["master"]):
            try:
                name = pathlib.Path(f"/proc/{pid}/cmdline").read_text() \
                    .split("\0")[0]
            except OSError:
                continue
            if name == "portal" or name.endswith("/portal"):
                return pid
        sys.exit("bench: no portal worker runs")

    def load(self):
        mark = self.base / "schema"
        if mark.exists():
            return
        say(f"bench: making {self.customers} customers ...")
        began = time.monotonic()
        self.psql("-v", f"n={self.customers}",
                  "-f", str(TOP / "tests/bench/data.sql"))
        say(f"bench: made in {time.monotonic() - began:.0f} s")
        mark.write_text(schema_mark())

    def rows(self, name, lines):
        """A file of rows for \\copy, by its path."""
        path = self.dir / name
        path.write_text("".join(line + "\n" for line in lines))
        path.chmod(0o644)
        return path

    def ask_for(self, asked, cookie, keys):
        """Who asks for what: pairs of a path and its own Cookie header, or
        None for COOKIE; KEYS are pgload's."""
        self.cookie = cookie
        self.paths = [path for path, _ in asked]
        (self.dir / "paths.txt").write_text("".join(
            line + "\n" for line in [cookie] + [
                path + (f"\t{own}" if own else "") for path, own in asked]))
        (self.dir / "handles.txt").write_text(
            "".join(key + "\n" for key in keys))

    def smetka(self, *words):
        """What the command line tool prints."""
        programs = self.dir / "bin"
        if not (programs / "smetka").exists():
            programs = TOP / "build/release/bin"
        command = [str(programs / "smetka"), words[0], "--config",
                   str(self.dir / "etc/ctl.conf"), *words[1:]]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=www-data", "--regid=www-data",
                       "--init-groups", "--", *command]
        return sh(*command)

    def tls(self):
        return ssl.create_default_context(cafile=str(self.dir / "ca.pem"))


class Hello:
    """The floor's front: nginx with the same TLS, a libfcgi hello of SIZE
    bytes, kept connections."""

    def __init__(self, stack, size, port):
        self.dir = stack.dir / "hello"
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir()
        path = stack.dir / "run" / "hello.sock"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
            os.chmod(path, 0o777)
            listener.listen(511)
            self.worker = subprocess.Popen(
                [str(TOP / "build/release/tests/bench/bench_hello"),
                 str(listener.fileno()), str(size), "64"],
                pass_fds=[listener.fileno()], preexec_fn=die_with_us)
        (self.dir / "nginx.conf").write_text(self.conf(stack, path, port))
        self.nginx = subprocess.Popen(
            ["/usr/sbin/nginx", "-e", str(self.dir / "error.log"), "-c",
             str(self.dir / "nginx.conf")], preexec_fn=die_with_us)
        self.url = f"https://localhost:{port}"
        for _ in range(100):
            if (self.dir / "pid").exists():
                return
            time.sleep(0.05)
        self.stop()
        sys.exit(f"bench: nginx did not start: see {self.dir}/error.log")

    def conf(self, stack, path, port):
        temp = "".join(f"{kind}_temp_path {self.dir}/{kind};" for kind in
                       ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return f"""
{'user www-data;' if os.getuid() == 0 else ''}
worker_processes 2; worker_rlimit_nofile 8192; daemon off;
pid {self.dir}/pid; error_log {self.dir}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; server_tokens off; tcp_nodelay on;
  keepalive_requests 1000000; {temp}
  upstream hello {{ server unix:{path}; keepalive 32; }}
  server {{ listen 127.0.0.1:{port} ssl http2; server_name localhost;
    include {stack.dir}/nginx/tls.conf;
    location / {{ include /etc/nginx/fastcgi_params; fastcgi_pass hello;
      fastcgi_keep_conn on; fastcgi_buffer_size 16k; fastcgi_buffers 16 16k;
    }} }} }}
"""

    def stop(self):
        self.nginx.send_signal(signal.SIGQUIT)
        try:
            self.nginx.wait(10)
        except subprocess.TimeoutExpired:
            self.nginx.terminate()
            self.nginx.wait()
        self.worker.kill()
        self.worker.wait()
