#!/usr/bin/env python3
"""A processor for tests that speaks EuPlatesc: form, messages, web service.

Prints its port, then serves until standard input is closed.  It signs with
Python's own hmac, so that two implementations must agree.
"""
import hashlib
import hmac
import json
import sys
import threading
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
API = bytes.fromhex("FFEEDDCCBBAA99887766554433221100")
MERCHANT = "testaccount"
FORM = ["amount", "curr", "invoice_id", "order_desc", "merch_id", "timestamp",
        "nonce", "valability"]
MESSAGE = ["amount", "curr", "invoice_id", "ep_id", "merch_id", "action",
           "message", "approval", "timestamp", "nonce"]
transactions = {}  # by invoice_id: a list of what check_status says
refunds = []
modes = {"query": "ok"}


def fp_hash(values, key=KEY):
    text = "".join(f"{len(v.encode())}{v}" if v else "-" for v in values)
    return hmac.new(key, text.encode(), hashlib.md5).hexdigest().upper()


def check_form(form):
    """What is wrong with the form that the browser would post; "" if right."""
    if form.get("fp_hash") != fp_hash([form.get(n, "") for n in FORM]):
        return "fp_hash"
    if form["merch_id"] != MERCHANT or not 6 <= len(form["invoice_id"]) <= 27:
        return "merch_id or invoice_id"
    if not all(form[n].isascii() for n in FORM):
        return "not ASCII"
    if "ExtraData[silenturl]" not in form or "email" not in form:
        return "addresses"
    return ""


def message(query):
    """A signed message about an order, urlencoded."""
    fields = {
        "amount": query["amount"], "curr": query.get("curr", "RON"),
        "invoice_id": query["invoice"], "ep_id": query["ep"],
        "merch_id": MERCHANT, "action": query.get("action", "0"),
        "message": "Approved", "approval": "483921",
        "timestamp": "20261125120000", "nonce": uuid.uuid4().hex,
    }
    fields["fp_hash"] = fp_hash([fields[n] for n in MESSAGE])
    if "sec" in query:
        fields["sec_status"] = query["sec"]
    return urllib.parse.urlencode(fields)


def serve(form):
    """The web service: what check_status and refund answer."""
    order = [n for n in ("method", "mid", "ukey", "epid", "invoice_id",
                         "amount", "reason", "timestamp", "nonce")
             if n in form]
    key = API if form.get("method") == "refund" else KEY
    if form.get("fp_hash") != fp_hash([form[n] for n in order], key):
        return {"error": "Invalid signature", "ecode": "40"}
    if form["method"] == "refund":
        refunds.append(form)
        return {"success": "1"}
    if modes["query"] == "unknown":
        return {"error": "Not found", "ecode": "404"}
    found = transactions.get(form.get("invoice_id"), [])
    return {"success": json.dumps(found)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, body):
        body = body.encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def control(self, what, query, form):
        if what == "settings":
            port = self.server.server_address[1]
            return self.answer(200, "\n".join([
                "euplatesc.key = " + KEY.hex(),
                "euplatesc.user_key = user", "euplatesc.user_api = " + API.hex(),
                "euplatesc.merchant_id = " + MERCHANT,
                "euplatesc.unknown_codes = 404",
                "euplatesc.page_url = https://checkout.example.com/tranzactd",
                "euplatesc.form_origins = https://checkout.example.com",
                f"euplatesc.ws_url = http://127.0.0.1:{port}/ws?action=ws",
                ""]))
        if what == "form":
            return self.answer(200, check_form(form))
        if what == "message":
            return self.answer(200, message(query))
        if what == "mode":
            modes.update(query)
        elif what == "transaction":
            transactions.setdefault(query["invoice"], []).append({
                "merch_id": MERCHANT, "invoice_id": query["invoice"],
                "ep_id": query["ep"], "action": query["action"],
                "message": "x", "captured": "0", "refunded": "0",
                "sec_status": query.get("sec", "8")})
        return self.answer(200, "ok")

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        size = int(self.headers.get("Content-Length") or 0)
        form = dict(urllib.parse.parse_qsl(self.rfile.read(size).decode(),
                                           keep_blank_values=True))
        if url.path.startswith("/control/"):
            return self.control(url.path[9:], query, form)
        if modes["query"] == "down":
            return self.answer(502, "down")
        return self.answer(200, json.dumps(serve(form)))


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
