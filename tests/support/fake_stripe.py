#!/usr/bin/env python3
"""A processor for tests that speaks Stripe's Checkout Sessions, refunds,
disputes and payouts.

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
refunds = {}
refund_keys = {}
disputes = {}
payouts = {}  # id: (payout, its balance transactions)
lines_asked = []  # payouts whose lines were asked for, a page each
# "page" is how many items a page of a list holds
# and "lines" how those of payouts are answered
modes = {"create": "ok", "query": "ok", "cancel": "ok", "refund": "ok",
         "lines": "ok", "page": "100"}


def view(session):
    shown = dict(session)
    if shown["status"] != "open" and "url" in shown:
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


def make_refund(form):
    """A refund as the form wants it; None if there is not so much left."""
    intent = form["payment_intent"]
    session = [s for s in sessions.values() if s["payment_intent"] == intent]
    gone = sum(r["amount"] for r in refunds.values()
               if r["payment_intent"] == intent and r["status"] != "failed")
    amount = int(form["amount"])
    if not session or gone + amount > session[0]["amount_total"]:
        return None
    refund = {
        "id": "re_test_%d" % (len(refunds) + 1),
        "object": "refund",
        "amount": amount,
        "charge": "ch" + intent[2:],
        "currency": session[0]["currency"],
        "metadata": {name[9:-1]: text for name, text in form.items()
                     if name.startswith("metadata[")},
        "payment_intent": intent,
        "reason": form.get("reason"),
        "status": "pending" if modes["refund"] == "pending" else "succeeded",
    }
    refunds[refund["id"]] = refund
    return refund


def make_dispute(query):
    dispute = disputes.setdefault(query["dispute"], {
        "id": query["dispute"], "object": "dispute",
        "balance_transactions": [],
    })
    session = sessions[query["id"]]
    dispute.update(
        amount=int(query.get("amount", session["amount_total"])),
        currency=session["currency"],
        payment_intent=session["payment_intent"],
        status=query.get("status", "needs_response"))
    if int(query.get("fee", "0")) and not dispute["balance_transactions"]:
        dispute["balance_transactions"].append(
            txn("adjustment", -dispute["amount"], int(query["fee"]),
                dispute["currency"], dispute["id"]))
    return dispute


def txn(kind, amount, fee, currency, source):
    return {"object": "balance_transaction", "type": kind, "amount": amount,
            "fee": fee, "net": amount - fee, "currency": currency,
            "source": source}


def make_payout(query):
    """A payout of lines "kind:amount:fee:source ..."; a source with pi_ is
    that of a charge."""
    currency = query.get("currency", "ron")
    lines = []
    for line in query.get("lines", "").split():
        kind, amount, fee, source = line.split(":")
        if source.startswith("pi_"):
            source = {"id": "ch" + source[2:], "object": "charge",
                      "payment_intent": source}
        lines.append(txn(kind, int(amount), int(fee), currency, source or None))
    net = sum(line["net"] for line in lines) + int(query.get("off", "0"))
    payout = {"id": query["id"], "object": "payout", "amount": net,
              "arrival_date": int(query["arrival"]), "currency": currency,
              "automatic": query.get("automatic", "1") == "1",
              "status": query.get("status", "paid")}
    lines.append(txn("payout", -net, 0, currency, payout["id"]))
    for number, line in enumerate(lines):
        line["id"] = "txn_%s_%d" % (payout["id"], number)
    payouts[payout["id"]] = (payout, lines)


def page_of(items, query):
    """One page of ITEMS, which are newest first."""
    after = query.get("starting_after")
    start = 0
    if after is not None:
        start = [item["id"] for item in items].index(after) + 1
    size = min(int(query.get("limit", "10")), int(modes["page"]))
    return {"object": "list", "has_more": start + size < len(items),
            "data": items[start:start + size]}


def event(key, kind, thing):
    body = json.dumps({
        "id": key, "object": "event", "type": kind, "livemode": False,
        "data": {"object": thing},
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

    def signed(self, query, thing):
        body, signature = event(query["key"], query["type"], thing)
        return self.answer(200, signature.encode() + b"\n" + body)

    def control(self, parts, query):
        session = sessions.get(query.get("id"))
        if parts[1] == "mode":
            modes.update(query)
        elif parts[1] == "pay":
            session.update(status="complete", payment_status="paid",
                           payment_intent="pi" + session["id"][2:])
        elif parts[1] == "expire":
            session["status"] = "expired"
        elif parts[1] == "event":
            return self.signed(query, view(session))
        elif parts[1] == "count":
            return self.answer(200, b"%d" % len(sessions))
        elif parts[1] == "clashes":
            return self.answer(200, b"%d" % len(clashes))
        elif parts[1] == "refunds":
            return self.answer(200, b"%d" % len(refunds))
        elif parts[1] == "forget":  # what a key was used for
            refund_keys.clear()
        elif parts[1] == "desk":  # a refund made by hand
            return self.answer(200, make_refund({
                "payment_intent": session["payment_intent"],
                "amount": query["amount"]})["id"].encode())
        elif parts[1] == "refund":
            refund = refunds[query["id"]]
            refund.update({name: query[name] for name in
                           ("status", "failure_reason") if name in query})
            if "key" in query:
                return self.signed(query, refund)
        elif parts[1] == "dispute":
            return self.signed(query, make_dispute(query))
        elif parts[1] == "payout":
            make_payout(query)
        elif parts[1] == "lines":
            return self.answer(200, b"%d" % len(lines_asked))
        return self.answer(200, b"ok")

    def refund(self, form, body):
        if self.misbehave(modes["refund"]):
            return None
        key = self.headers.get("Idempotency-Key")
        with lock:
            if key in refund_keys and refund_keys[key][0] != body:
                clashes.append(key)
                return self.refuse(400, "idempotency_error")
            if key not in refund_keys:
                made = make_refund(form)
                if made is None:
                    return self.refuse(400, "invalid_request_error")
                refund_keys[key] = (body, dict(made))
            refund = refund_keys[key][1]
        if modes["refund"] == "lost":
            return self.refuse(502, "api_error")
        return self.answer(200, refund)

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
        if parts[1] == "refunds":
            return self.refund(form, body)
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
        url = urllib.parse.urlsplit(self.path)
        parts = url.path.strip("/").split("/")
        query = dict(urllib.parse.parse_qsl(url.query))
        if self.misbehave(modes["query"]):
            return None
        if parts[1] == "payouts":
            since = int(query["arrival_date[gte]"])
            shown = [p for p, _ in reversed(list(payouts.values()))
                     if p["status"] == query["status"] and
                     p["arrival_date"] >= since]
            return self.answer(200, page_of(shown, query))
        if parts[1] == "balance_transactions":
            if self.misbehave(modes["lines"]):
                return None
            lines_asked.append(query["payout"])
            shown = list(reversed(payouts[query["payout"]][1]))
            return self.answer(200, page_of(shown, query))
        if parts[1:] == ["refunds"]:
            shown = [r for r in reversed(list(refunds.values()))
                     if r["payment_intent"] == query["payment_intent"]]
            return self.answer(200, page_of(shown, query))
        if parts[1:] == ["checkout", "sessions"]:
            newest = [view(s) for s in reversed(list(sessions.values()))]
            return self.answer(200, page_of(newest, query))
        thing = (refunds if parts[1] == "refunds" else sessions).get(parts[-1])
        if thing is None:
            return self.refuse(404, "invalid_request_error")
        return self.answer(200, view(thing))


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
