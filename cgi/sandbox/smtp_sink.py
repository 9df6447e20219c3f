#!/usr/bin/python3
"""The sandbox's mail server: speaks SMTP with STARTTLS required and keeps each
message in a Maildir.  Addresses choose what it answers:
    bounce@...  550, no such user        later@...  451, try again later
    once-later@...  451 the first time, then accepted
Usage: smtp_sink.py --maildir DIR --port N --cert FILE --key FILE"""
import argparse
import mailbox
import os
import signal
import ssl

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, folder):
        for part in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(folder, part), exist_ok=True)
        self.maildir = mailbox.Maildir(folder)
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.lower().split("@")[0]
        if local == "bounce":
            return "550 5.1.1 no such user"
        if local == "later":
            return "451 4.3.0 try again later"
        if local == "once-later" and address not in self.seen:
            self.seen.add(address)
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = mailbox.MaildirMessage(envelope.content)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.maildir.add(message)
        return "250 OK"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--maildir", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--cert", required=True)
    parser.add_argument("--key", required=True)
    args = parser.parse_args()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(args.cert, args.key)
    controller = Controller(
        Sink(args.maildir), hostname="127.0.0.1", port=args.port,
        server_hostname="sandbox", tls_context=context, require_starttls=True)
    controller.start()
    signal.sigwait([signal.SIGTERM, signal.SIGINT])
    controller.stop()


if __name__ == "__main__":
    main()
