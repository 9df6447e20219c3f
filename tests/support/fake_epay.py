#!/usr/bin/env python3
"""What ePay.bg signs, for tests: with Python's own hmac.

Prints its port, then serves until standard input is closed:
POST /control/notice?text=...  the body of a notification (| stands for LF)
POST /control/bill?k=v...      the query string of a biller's request
POST /control/sum?text=...     the checksum of a text
"""
import base64
import hashlib
import hmac
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = b"some-secret"
BILLER = b"biller-secret"


def checksum(key, text):
    return hmac.new(key, text.encode(), hashlib.sha1).hexdigest()


def notice(text):
    encoded = base64.b64encode(text.replace("|", "\n").encode()).decode()
    return urllib.parse.urlencode({"encoded": encoded,
                                   "checksum": checksum(SECRET, encoded)})


def bill(query):
    text = "".join("%s%s\n" % pair for pair in sorted(query.items()))
    return urllib.parse.urlencode(dict(query, CHECKSUM=checksum(BILLER, text)))


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path.endswith("/notice"):
            body = notice(query["text"])
        elif url.path.endswith("/bill"):
            body = bill(query)
        else:
            body = checksum(SECRET, query["text"])
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


main()
