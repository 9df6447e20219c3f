"""Between the programs and the processor: questions go one way (api), its
notifications the other (hook).  Each request is one exchange, which may be
lost before or after its effect, repeated, late or answered by an error."""
import http.client
import http.server
import json
import os
import signal
import ssl
import threading
import time
import urllib.parse

import pgproxy

SKIPPED = {"host", "connection", "content-length", "transfer-encoding",
           "accept-encoding", "expect"}


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            return [int(word) for word in f.read().split()]
    except OSError:
        return []


class Door:
    """One direction: where it leads, and what is to go wrong there."""

    def __init__(self, name, target, cafile, log=None):
        self.name = name
        self.target = urllib.parse.urlsplit(target)
        self.tls = ssl.create_default_context(cafile=cafile)
        self.lock = threading.Lock()
        self.faults, self.random, self.count = [], None, 0
        self.done = {}
        self.log = open(log, "a", encoding="utf-8") if log else None
        self.master = None  # whose children a fault may kill

    def set(self, faults, count, random, master):
        with self.lock:
            self.faults, self.count = faults, count
            self.random, self.master = random, master

    def draw(self):
        """Half of the requests fail, until COUNT have."""
        with self.lock:
            if self.count <= 0 or not self.faults or (
                    self.random.random() < 0.5):
                return None, 0
            self.count -= 1
            what = self.random.choice(self.faults)
            key = f"{self.name}_{what}"
            self.done[key] = self.done.get(key, 0) + 1
            return what, self.random.random()

    def forward(self, method, path, headers, body):
        """One exchange with the other side: status, headers, body."""
        link = http.client.HTTPSConnection(
            self.target.hostname, self.target.port, timeout=15,
            context=self.tls)
        try:
            link.request(method, path, body=body, headers=headers)
            reply = link.getresponse()
            data = reply.read()
            self.note(body, reply.status)
            return reply.status, reply.getheader("Content-Type"), data
        finally:
            link.close()

    def note(self, body, status):
        """Keep what was said of a notification, for the checks."""
        if self.log is None:
            return
        try:
            event = json.loads(body)
            thing = event["data"]["object"]
            row = {"id": event["id"], "type": event["type"],
                   "ref": thing["id"], "status": status,
                   "paid": thing.get("payment_status") == "paid",
                   "at": time.time()}
        except (ValueError, KeyError):
            row = {"broken": True, "status": status, "at": time.time()}
        with self.lock:
            self.log.write(json.dumps(row) + "\n")
            self.log.flush()

    def kill_one(self, programs):
        """kill -9 of the worker that waits for this answer."""
        for pid in children(self.master or 0):
            if pgproxy.program_of(pid) in programs:
                try:
                    os.kill(pid, signal.SIGKILL)
                except OSError:
                    pass


class Lost(Exception):
    """No answer is given."""


def play(door, method, path, headers, body):
    """The exchange with its fault: status, type, body."""
    what, dice = door.draw()
    victims = ("pay",) if door.name == "api" else ("notify",)

    def go():
        return door.forward(method, path, headers, body)

    def later(seconds):
        def run():
            for _ in range(20):  # as a processor that repeats
                time.sleep(seconds)
                try:
                    if door.name == "api" or go()[0] < 300:
                        return
                except OSError:
                    pass
                seconds = 1
        threading.Thread(target=run, daemon=True).start()

    if what == "lose_request":
        raise Lost
    if what == "error_before":
        return 500, "text/plain", b"the road failed"
    if what == "delay":
        time.sleep(0.2 + 2.5 * dice)
    if what == "swallow":
        return 200, "text/plain", b"never delivered"
    if what == "late":
        later(0.5 + 4 * dice)
        return 200, "text/plain", b"delivered later"
    if what == "kill_before":
        door.kill_one(victims)
    if what == "forge":
        forged = dict(headers)
        forged["Stripe-Signature"] = f"t={int(time.time())},v1=" + "0" * 64
        status = door.forward(method, path, forged, body)[0]
        if status < 300:
            door.done["forged_accepted"] = (
                door.done.get("forged_accepted", 0) + 1)
    if what == "twice":
        twin = threading.Thread(target=quiet, args=(go,), daemon=True)
        twin.start()
    if what == "late_twin":
        threading.Timer(0.5 + 2 * dice, quiet, args=(go,)).start()
    answer = go()
    if what == "kill_after":
        door.kill_one(victims)
    if what == "lose_reply":
        raise Lost
    if what == "error_after":
        return 500, "text/plain", b"the road back failed"
    return answer


def quiet(go):
    try:
        go()
    except OSError:
        pass


def handler(door):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def exchange(self):
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size) if size else None
            headers = {k: v for k, v in self.headers.items()
                       if k.lower() not in SKIPPED}
            try:
                status, kind, data = play(door, self.command, self.path,
                                          headers, body)
            except (Lost, OSError, http.client.HTTPException):
                self.close_connection = True
                return
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = exchange

        def log_message(self, *_):
            pass
    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever called has gone, as callers do here."""


def serve(door, port):
    server = Server(("127.0.0.1", port), handler(door))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
