#!/usr/bin/env python3
"""Print every message of a Maildir decoded by Python's email package:
mail_read.py MAILDIR OUT.  Headers that tests look at, then both parts."""
import mailbox
import sys
from email import message_from_binary_file, policy

box = mailbox.Maildir(sys.argv[1], create=False, factory=lambda file:
                      message_from_binary_file(file, policy=policy.default))
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for message in box:
        print("=== message", file=out)
        for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted",
                     "Content-Type", "Content-Language", "Date"):
            print("%s: %s" % (name, message[name]), file=out)
        for kind in ("plain", "html"):
            part = message.get_body(preferencelist=(kind,))
            print("--- " + kind, file=out)
            print(part.get_content() if part else "(none)", file=out)
            if part:
                print("--- lines " + ("encoded" if "=0A" in part.get_payload()
                                      else "kept"), file=out)
