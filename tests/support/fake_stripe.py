#!/usr/bin/env python3
"""A processor for tests that speaks Stripe's Checkout Sessions.

Prints its port, then serves until standard input is closed.  What it does is
set by POST /control/..., and it signs with Python's own hmac, so that two
implementations must agree.
"""
import hashlib
import hmac
import json
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = b"whsec_test_secret"
lock = threading.Lock()
sessions = {}
by_key = {}
clashes = []
modes = {"create": "ok", "query": "ok", "cancel": "ok"}


def view(session):
    shown = dict(session)
    if shown["status"] != "open":
        shown["url"] = None
    return shown


def make(form):
    number = len(sessions) + 1
    price = "line_items[0][price_data]"
    session = {
        "id": "cs_test_%d" % number,
        "object": "checkout.session",
        "amount_total": int(form[price + "[unit_amount]"]),
        "currency": form[price + "[currency]"],
        "client_reference_id": form["client_reference_id"],
        "customer_email": form.get("customer_email"),
        "expires_at": int(form["expires_at"]),
        "metadata": {"order_no": form["metadata[order_no]"]},
        "mode": form["mode"],
        "payment_intent": None,
        "payment_status": "unpaid",
        "status": "open",
        "success_url": form["success_url"],
        "cancel_url": form["cancel_url"],
        "url": "https://checkout.example.com/c/pay/cs_test_%d" % number,
    }
    sessions[session["id"]] = session
    return session


def event(key, kind, session):
    body = json.dumps({
        "id": key, "object": "event", "type": kind, "livemode": False,
        "data": {"object": view(session)},
    }, indent=2).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET, stamp.encode() + b"." + body, hashlib.sha256)
    return body, "t=%s,v1=%s" % (stamp, digest.hexdigest())


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, value, headers=()):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(code)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, code, kind):
        self.answer(code, {"error": {"type": kind, "message": kind}})

    def misbehave(self, mode):
        """True if the mode of this call has answered already."""
        if mode == "down":
            self.refuse(500, "api_error")
            return True
        if mode == "refuse":
            self.refuse(400, "invalid_request_error")
            return True
        if mode == "slow":
            time.sleep(1.5)
        return False

    def control(self, parts, query):
        session = sessions.get(query.get("id"))
        if parts[1] == "mode":
            modes.update(query)
        elif parts[1] == "pay":
            session.update(status="complete", payment_status="paid")
        elif parts[1] == "expire":
            session["status"] = "expired"
        elif parts[1] == "event":
            body, signature = event(query["key"], query["type"], session)
            return self.answer(200, signature.encode() + b"\n" + body)
        elif parts[1] == "count":
            return self.answer(200, b"%d" % len(sessions))
        elif parts[1] == "clashes":
            return self.answer(200, b"%d" % len(clashes))
        return self.answer(200, b"ok")

    def create(self, form, body):
        if self.misbehave(modes["create"]):
            return None
        key = self.headers.get("Idempotency-Key")
        with lock:
            if key in by_key and by_key[key][0] != body:
                clashes.append(key)
                return self.refuse(400, "idempotency_error")
            if key not in by_key:
                if int(form["expires_at"]) < time.time() + 1800:
                    return self.refuse(400, "invalid_request_error")
                # a repeat gets the first answer again, not what is true now
                by_key[key] = (body, view(make(form)))
            session = by_key[key][1]
        if modes["create"] == "lost":
            return self.refuse(502, "api_error")
        return self.answer(200, session)

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        parts = url.path.strip("/").split("/")
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size).decode()
        form = dict(urllib.parse.parse_qsl(body, strict_parsing=bool(size)))
        if parts[0] == "control":
            return self.control(parts, dict(urllib.parse.parse_qsl(url.query)))
        if self.headers.get("Authorization") != "Bearer sk_test_1":
            return self.refuse(401, "invalid_request_error")
        if len(parts) == 3:
            return self.create(form, body)
        if self.misbehave(modes["cancel"]):
            return None
        session = sessions.get(parts[3])
        if session is None or session["status"] != "open":
            return self.refuse(400, "invalid_request_error")
        session["status"] = "expired"
        return self.answer(200, view(session))

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path).path.strip("/").split("/")
        if self.misbehave(modes["query"]):
            return None
        if len(parts) == 3:
            newest = [view(s) for s in reversed(list(sessions.values()))]
            return self.answer(200, {"object": "list", "has_more": False,
                                     "data": newest})
        session = sessions.get(parts[3])
        if session is None:
            return self.refuse(404, "invalid_request_error")
        return self.answer(200, view(session))


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Callers that hang up early are part of the tests."""


def main():
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


main()
