#!/usr/bin/env python3
"""BORICA's gateway for tests: signs with the openssl program.

Prints its port, then serves until standard input is closed.  Its keys and the
terminal's lie in /tmp/smetka-borica-PORT while it runs.
"""
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIGNED = ["ACTION", "RC", "APPROVAL", "TERMINAL", "TRTYPE", "AMOUNT",
          "CURRENCY", "ORDER", "RRN", "INT_REF", "PARES_STATUS", "ECI",
          "TIMESTAMP", "NONCE"]
state = {"ACTION": "3", "RC": "-24", "AMOUNT": "", "CURRENCY": "USD"}
asked = []
folder = ""


def openssl(*args, data=None):
    return subprocess.run(["openssl", *args], input=data, check=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def symbols(values):
    return "".join("%d%s" % (len(v.encode()), v) if v else "-" for v in values)


def sign(answer):
    text = symbols([answer.get(name, "") for name in SIGNED]) + "-"
    raw = openssl("dgst", "-sha256", "-sign", folder + "/gateway",
                  data=text.encode())
    return dict(answer, P_SIGN=raw.hex().upper())


def fits(form):
    """True if the terminal signed this request under MAC_GENERAL."""
    names = ["TERMINAL", "TRTYPE", "ORDER", "NONCE"]
    tail = ""
    if form.get("TRTYPE") != "90":
        names = ["TERMINAL", "TRTYPE", "AMOUNT", "CURRENCY", "ORDER",
                 "TIMESTAMP", "NONCE"]
        tail = "-"
    with open(folder + "/sig", "wb") as out:
        out.write(bytes.fromhex(form.get("P_SIGN", "")))
    try:
        openssl("dgst", "-sha256", "-verify", folder + "/terminal.pub",
                "-signature", folder + "/sig",
                data=(symbols([form[n] for n in names]) + tail).encode())
    except (subprocess.CalledProcessError, KeyError):
        return False
    return True


def answer_to(form):
    asked.append(form.get("TRTYPE"))
    answer = {"TERMINAL": form["TERMINAL"], "TRTYPE": form["TRTYPE"],
              "ORDER": form["ORDER"], "NONCE": form["NONCE"],
              "TIMESTAMP": "20260310080000",
              "TRAN_TRTYPE": form.get("TRAN_TRTYPE", ""), **state}
    if answer["RC"] == "00":
        answer.update(RRN="028701253242", INT_REF="B7A68A9F37E8586E",
                      APPROVAL="S19527")
    answer = sign(answer)
    if state.get("forge"):
        answer["AMOUNT"] = "9" + answer["AMOUNT"]
    return answer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, value):
        body = value.encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        form = dict(urllib.parse.parse_qsl(self.rfile.read(size).decode(),
                                           keep_blank_values=True))
        query = dict(urllib.parse.parse_qsl(url.query,
                                            keep_blank_values=True))
        if url.path == "/control/state":
            state.clear()
            state.update(query)
            return self.answer(200, "ok")
        if url.path == "/control/asked":
            return self.answer(200, " ".join(asked))
        if url.path == "/control/check":
            return self.answer(200, "fits" if fits(form) else "forged")
        if url.path == "/control/return":
            answer = sign({"TERMINAL": "V1800001", "TRTYPE": "1",
                           "TIMESTAMP": "20260310080000",
                           "RRN": "028701253242",
                           "INT_REF": "B7A68A9F37E8586E", **query})
            return self.answer(200, urllib.parse.urlencode(answer))
        if not fits(form):
            return self.answer(200, json.dumps(sign(
                dict(form, ACTION="3", RC="-17", AMOUNT="", P_SIGN=""))))
        return self.answer(200, json.dumps(answer_to(form)))


def main():
    global folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    folder = "/tmp/smetka-borica-%d" % server.server_address[1]
    os.mkdir(folder, 0o755)
    try:
        for name in ("gateway", "terminal"):
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt",
                    "rsa_keygen_bits:2048", "-out", folder + "/" + name)
            os.chmod(folder + "/" + name, 0o644)
            openssl("pkey", "-in", folder + "/" + name, "-pubout", "-out",
                    folder + "/" + name + ".pub")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)
        sys.stdin.read()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
