"""What the bench measures besides CPU: requests that are never answered,
allocations, cold start and the bytes of a first visit."""
import gzip
import http.client
import mmap
import os
import pathlib
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import urllib.parse

from stack import TOP, die_with_us, pss_kb

WARM, COUNTED = 300, 500


# ---- a worker of its own, spoken to without nginx --------------------------

def record(kind, body):
    return struct.pack(">BBHHBx", 1, kind, 1, len(body), 0) + body


def pair(name, value):
    name, value = name.encode(), value.encode()
    size = b"".join(bytes([n]) if n < 128 else struct.pack(">I", n | 1 << 31)
                    for n in (len(name), len(value)))
    return size + name + value


def fcgi_request(path, cookie):
    params = {"REQUEST_METHOD": "GET", "DOCUMENT_URI": path,
              "QUERY_STRING": "", "CONTENT_TYPE": "", "CONTENT_LENGTH": "",
              "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie,
              "REQUEST_ID": "0123456789abcdef0123456789abcdef",
              "HTTP_HOST": "localhost", "HTTP_ACCEPT": "text/html"}
    body = b"".join(pair(*item) for item in params.items())
    return record(1, b"\0\1\1\0\0\0\0\0") + record(4, body) + record(4, b"") \
        + record(5, b"")


def fcgi_answer(conn):
    """The CGI output of one request."""
    out = b""
    while True:
        head = conn.recv(8, socket.MSG_WAITALL)
        if len(head) < 8:
            sys.exit("bench: the worker closed the connection")
        _, kind, _, size, pad = struct.unpack(">BBHHBx", head)
        body = conn.recv(size + pad, socket.MSG_WAITALL) if size + pad else b""
        if kind == 3:
            return out
        if kind == 6:
            out += body[:size]


class Worker:
    """A portal with the stack's settings on a socket of its own.  WRAP is a
    command to run it under, ENV what it finds in its environment."""

    def __init__(self, stack, wrap=(), env=()):
        path = stack.dir / "run" / "bench.sock"
        path.unlink(missing_ok=True)
        ready, tell = os.pipe()
        # the kernel forgets die_with_us() when the user changes
        user = ["setpriv", "--reuid=www-data", "--regid=www-data",
                "--init-groups", "--pdeathsig=TERM", "--"] \
            if os.getuid() == 0 else []
        programs = TOP / "build/release/bin"
        if (stack.dir / "bin/portal").exists():
            programs = stack.dir / "bin"
        with socket.socket(socket.AF_UNIX) as listener, \
                open(stack.dir / "bench-worker.log", "ab") as log:
            listener.bind(str(path))
            listener.listen(64)
            began = time.monotonic()
            self.process = subprocess.Popen(
                [*user, *wrap, str(programs / "portal"), "--config",
                 str(stack.dir / "etc/portal.conf"), "--listen",
                 str(listener.fileno())],
                pass_fds=[listener.fileno(), tell], preexec_fn=die_with_us,
                stdout=log, stderr=log,
                env={**os.environ, "SMETKA_READY_FD": str(tell), **dict(env)})
        os.close(tell)
        is_ready = os.read(ready, 1) == b"1"
        self.ready_ms = (time.monotonic() - began) * 1000
        os.close(ready)
        if not is_ready:
            self.process.wait()
            sys.exit("bench: a worker did not start: see "
                     f"{stack.dir}/bench-worker.log")
        self.conn = socket.socket(socket.AF_UNIX)
        self.conn.settimeout(60)
        self.conn.connect(str(path))

    def get(self, stack, path):
        self.conn.sendall(fcgi_request(path, stack.cookie))
        out = fcgi_answer(self.conn)
        if stack.page.wanted not in out:
            sys.exit(f"bench: the worker's page is wrong: {out[:200]!r}")
        return out

    def stop(self):
        self.conn.close()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            sys.exit("bench: a worker did not drain")


def allocations(stack):
    """Calls of malloc, calloc and realloc for one page, once warm."""
    library = TOP / "build/release/tests/bench/libbench_allocs.so"
    count_file = stack.dir / "allocs"
    count_file.write_bytes(b"\0" * 8)
    count_file.chmod(0o666)
    worker = Worker(stack, env={"LD_PRELOAD": str(library),
                                "BENCH_ALLOCS": str(count_file)}.items())
    try:
        with open(count_file, "rb") as file, \
                mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ) as shared:
            for path in stack.paths[:WARM]:
                worker.get(stack, path)
            before = int.from_bytes(shared[:8], sys.byteorder)
            for path in stack.paths[WARM:WARM + COUNTED]:
                worker.get(stack, path)
            after = int.from_bytes(shared[:8], sys.byteorder)
    finally:
        worker.stop()
    if before == 0:
        sys.exit("bench: allocations are not counted")
    return (after - before) / COUNTED


def cold_start_ms(stack):
    """From fork to "ready", the median of five."""
    times = []
    for _ in range(5):
        worker = Worker(stack)
        times.append(worker.ready_ms)
        worker.stop()
    return statistics.median(times)


# ---- over HTTPS ------------------------------------------------------------

class Client:
    """One kept connection."""

    def __init__(self, stack):
        self.stack = stack
        self.conn = http.client.HTTPSConnection(
            "localhost", stack.port, timeout=8, context=stack.tls())
        self.headers = {"Cookie": stack.cookie,
                        "Origin": f"https://localhost:{stack.port}"}

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and body; status 0 if there was no answer."""
        try:
            self.conn.request(method, path, body,
                              {**self.headers, **(headers or {})})
            answer = self.conn.getresponse()
            return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.conn.close()
            return 0, {}, repr(error).encode()


def first_load_bytes(stack):
    """What a first visit of the entry page moves: page, style sheet, images;
    bodies as a browser gets them, compressed."""
    client = Client(stack)
    total, todo, seen = 0, ["/ro/pay"], set()
    while todo:
        path = todo.pop()
        seen.add(path)
        status, headers, body = client.ask(
            "GET", path, headers={"Accept-Encoding": "gzip"})
        if status != 200:
            sys.exit(f"bench: {path} answered {status}")
        total += len(body)
        if headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if path != "/ro/pay" and not path.endswith(".css"):
            continue
        text = body.decode()
        found = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"',
                           text)
        found += re.findall(r'<(?:img|script)[^>]* src="([^"]+)"', text)
        found += re.findall(r"url\([\"']?(/[^)\"']+)", text)
        todo += [p for p in dict.fromkeys(found)
                 if p not in seen and p not in todo]
    return total


def form_token(stack, path):
    status, _, body = Client(stack).ask("GET", path + "/email")
    found = re.search(rb'name="csrf" value="([^"]+)"', body)
    if status != 200 or not found:
        sys.exit(f"bench: the e-mail form answered {status}")
    return found[1].decode()


class Crowd:
    """CONNECTIONS clients that ask for bills, every fourth posting a form,
    and keep account of every request that was not answered well."""

    def __init__(self, stack, connections):
        self.stack = stack
        self.token = form_token(stack, stack.paths[0])
        self.stop_at = None
        self.sent = self.posted = 0
        self.wrong = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.live, args=(i,))
                        for i in range(connections)]

    def live(self, number):
        client = Client(self.stack)
        form = urllib.parse.urlencode({
            "csrf": self.token, "website": "", "email": "bench@example.org"})
        turn = number
        while time.monotonic() < self.stop_at:
            path = self.stack.paths[turn % len(self.stack.paths)]
            turn += len(self.threads)
            post = number % 4 == 0
            if post:
                status, _, body = client.ask(
                    "POST", path + "/email", form,
                    {"Content-Type": "application/x-www-form-urlencoded"})
            else:
                status, _, body = client.ask("GET", path)
            good = status == 303 if post else \
                status == 200 and b"/start\"" in body
            with self.lock:
                self.sent += 1
                self.posted += post
                if not good:
                    self.wrong.append(f"{'POST' if post else 'GET'} "
                                      f"{status} {body[:120]!r}")

    def run(self, seconds, meanwhile=None):
        """Requests that were lost; MEANWHILE runs beside them."""
        self.stop_at = time.monotonic() + seconds
        for thread in self.threads:
            thread.start()
        if meanwhile:
            try:
                meanwhile()
            finally:
                self.stop_at = time.monotonic()
        for thread in self.threads:
            thread.join()
        return len(self.wrong)


def roll(stack, times):
    """Have master replace every worker, TIMES times, each time whole."""
    for number in range(times):
        old = stack.app_pid()
        os.kill(stack.pids["master"], signal.SIGHUP)
        until = time.monotonic() + 60
        while pathlib.Path(f"/proc/{old}").exists():
            if time.monotonic() > until:
                sys.exit(f"bench: worker {old} did not leave")
            time.sleep(0.1)
    stack.pids["app"] = stack.app_pid()


def worker_pss_kb(stack):
    return pss_kb(stack.pids["app"])
