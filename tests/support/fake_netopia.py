#!/usr/bin/env python3
"""A processor for tests that speaks Netopia's API v2.

Prints its port, then serves until standard input is closed.  Tokens are signed
by the command openssl, so that two implementations must agree.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POS = "ABCD-EFGH-IJKL-MNOP-QRST"
API_KEY = "api_test_1"
folder = tempfile.TemporaryDirectory()
orders = {}  # by ntpID
lock = threading.Lock()
modes = {"start": "ok", "query": "ok", "expire": "ok"}
starts = []


def path(name):
    return os.path.join(folder.name, name)


def make_keys():
    for name in ("pos", "other"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
             "-days", "2", "-subj", "/CN=" + name, "-keyout",
             path(name + ".key"), "-out", path(name + ".cer")],
            check=True, stderr=subprocess.DEVNULL)


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(body, key="pos", alg="RS512"):
    now = int(time.time())
    digest = base64.b64encode(hashlib.sha512(body).digest()).decode()
    claims = {"iss": "NETOPIA Payments", "aud": [POS], "sub": digest,
              "iat": now, "nbf": now, "exp": now + 300}
    head = {"alg": alg, "typ": "JWT"}
    text = b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())
    if alg == "none":
        return text + "."
    signature = subprocess.run(
        ["openssl", "dgst", "-sha" + alg[2:], "-sign", path(key + ".key")],
        input=text.encode(), check=True, capture_output=True).stdout
    return text + "." + b64(signature)


def describe(order, full=True):
    """An answer about an order, as recorded."""
    payment = {"ntpID": order["ntpID"], "status": order["status"],
               "amount": order["amount"], "currency": order["currency"]}
    if not full and order["status"] in (1, 12):
        payment["paymentURL"] = ("https://checkout.example.com/ui/card?p="
                                 + order["ntpID"])
    answer = {"error": {"code": "00" if full else "101", "message": "x"},
              "payment": payment}
    if full:
        answer["order"] = {k: order[k] for k in
                           ("ntpID", "orderID", "amount", "currency")}
    return answer


def refuse(code):
    return {"error": {"code": code, "message": "refused"}}


def start(request):
    wanted = request["order"]
    starts.append(wanted["orderID"])
    if wanted["posSignature"] != POS or "account" in json.dumps(request):
        return refuse("103")
    for order in orders.values():
        if order["orderID"] != wanted["orderID"]:
            continue
        if order["amount"] != wanted["amount"]:
            return refuse("99")
        if order["status"] not in (1, 12):
            return refuse("56")
        return describe(order, False)
    ntp_id = str(1309088 + len(orders))
    orders[ntp_id] = {"ntpID": ntp_id, "orderID": wanted["orderID"],
                      "amount": wanted["amount"],
                      "currency": wanted["currency"], "status": 1}
    return describe(orders[ntp_id], False)


def operate(what, request):
    found = [o for o in orders.values() if o["ntpID"] == request.get("ntpID")
             or o["orderID"] == request.get("orderID")]
    if not found:
        return refuse("103")
    if what == "expire":
        if found[0]["status"] not in (1, 12):
            return refuse("104")
        found[0]["status"] = 23
    return describe(found[0])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, value):
        body = (value if isinstance(value, str) else json.dumps(value)).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def control(self, what, query):
        order = orders.get(query.get("id"))
        if what == "settings":
            port = self.server.server_address[1]
            return self.answer(200, "\n".join([
                f"netopia.base_url = http://127.0.0.1:{port}",
                "netopia.api_key = " + API_KEY,
                "netopia.pos_signature = " + POS,
                "netopia.certificate = " + path("pos.cer"),
                "netopia.form_origins = https://checkout.example.com", ""]))
        if what == "mode":
            modes.update(query)
        elif what == "status":
            order["status"] = int(query["status"])
        elif what == "last":
            return self.answer(200, str(1309087 + len(orders)))
        elif what == "starts":
            return self.answer(200, "%d %d" % (len(starts), len(orders)))
        elif what == "notice":
            body = json.dumps({
                "order": {"orderID": order["orderID"]},
                "payment": {"ntpID": order["ntpID"],
                            "status": int(query["status"]),
                            "amount": order["amount"],
                            "currency": order["currency"],
                            "instrument": {"panMasked": "9****4768"}}})
            signed = token(body.encode(), query.get("key", "pos"),
                           query.get("alg", "RS512"))
            return self.answer(200, signed + "\n" + body)
        return self.answer(200, "ok")

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        if url.path.startswith("/control/"):
            return self.control(url.path[9:],
                                dict(urllib.parse.parse_qsl(url.query)))
        if self.headers.get("Authorization") != API_KEY:
            return self.answer(401, {"code": "401", "message": "Unauthorized"})
        with lock:
            if url.path == "/payment/card/start":
                if modes["start"] == "refuse":
                    return self.answer(200, refuse("34"))
                value = start(json.loads(body))
                lost = modes["start"] == "lost"
            else:
                what = url.path.rsplit("/", 1)[1]
                if what == "expire" and modes["expire"] == "absent":
                    return self.answer(404, "no such page")
                value = operate(what, json.loads(body))
                lost = "down" in (modes["query"], modes.get(what))
        if lost:
            return self.answer(502, "bad gateway")
        return self.answer(200, value)


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Callers that hang up early are part of the tests."""


def main():
    make_keys()
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    folder.cleanup()


main()
