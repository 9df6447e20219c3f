"""What must hold after a schedule.  Three sources are compared: our books
(views of schema audit), the processor's own (truth.jsonl) and what guests
and the processor were told."""
import collections
import email
import email.policy
import json
import re
import time

import stack as st
from guest import payment_uuid

KEPT = ("checkout.session.completed", "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "payment_intent.payment_failed")
TAKEN = ("settled", "partly_refunded", "refunded", "disputed",
         "charged_back")
# numbers of the sandbox's books of what became of the money
PART_REFUND, PART_STATES = 1, {0: "succeeded", 1: "accepted", 2: "failed"}
IN_FLIGHT = "('created', 'requested', 'open', 'pending')"
# What brings the clock's hand to the next question and the next try of a
# mail, in the scaled runs.  What has no next question stays without one.
SKIP_AHEAD = f"""
UPDATE pay.attempt SET next_ask_at = created_at
WHERE state IN {IN_FLIGHT}
    AND next_ask_at > clock_timestamp() + interval '300 ms';
UPDATE pay.refund SET next_ask_at = created_at
WHERE next_ask_at > clock_timestamp() + interval '300 ms';
UPDATE notify.outbox SET next_try_at = created_at
WHERE next_try_at > clock_timestamp() + interval '300 ms'
"""
RESTLESS = f"""
SELECT 'payment ' || id || ' ' || state || CASE WHEN next_ask_at IS NULL
    THEN ' (nobody asks)' ELSE '' END FROM pay.attempt
WHERE state IN {IN_FLIGHT}
UNION ALL SELECT 'refund ' || id || ' ' || state FROM pay.refund
WHERE state IN ('requested', 'accepted')
UNION ALL SELECT 'mail ' || dedupe_key || ' ' || state FROM notify.outbox
WHERE state IN ('queued', 'sending')
"""

REFUNDS = """
SELECT refund_id, amount_minor, currency, state, coalesce(processor_ref, ''),
    origin FROM audit.refund
"""


class Books:
    """Everything that the checks read, once; what was told before what is
    known, since notifications go on arriving."""

    def __init__(self, stack):
        log = stack.dir / "fault/hook.jsonl"
        self.notified = [json.loads(line) for line in log.read_text(
            encoding="utf-8").splitlines()] + stack.stormed
        invariants = (st.TOP / "tests/sql/invariants.inc").read_text(
            encoding="utf-8")
        payments, self.unmatched, events, receipts, self.refunds, broken = (
            stack.primary.psql(
                "SELECT payment_id, amount_minor, settled_minor, currency, "
                "state, coalesce(reason, ''), once_key, "
                "coalesce(processor_ref, '') FROM audit.payment",
                "SELECT processor_ref, amount_minor, currency FROM "
                "audit.unmatched",
                "SELECT event_id FROM audit.processor_event",
                "SELECT receipt_no, payment_id FROM audit.receipt",
                REFUNDS,
                invariants + "SELECT rule, subject FROM broken", split=True))
        self.broken = [" ".join(row) for row in broken]
        self.payments = {
            row[0]: dict(zip(("id", "minor", "settled", "currency", "state",
                              "reason", "key", "ref"), row))
            for row in payments}
        self.events = {row[0] for row in events}
        self.receipts = dict(receipts)
        self.truth = stack.truth()
        self.by_ref = {row["ref"]: row for row in self.payments.values()
                       if row["ref"]}


def end_open_orders(stack):
    """The processor closes what was left open, as it does by itself when an
    order's time is over; also one whose making was late."""
    urls = [f"{stack.box}/v1/checkout/sessions/{row['id']}/expire"
            for row in stack.truth().values() if row["status"] == "open"]
    for at in range(0, len(urls), 50):
        st.sh("curl", "-sS", "--cacert", f"{stack.dir}/ca.pem", "-X", "POST",
              "-H", f"Authorization: Bearer {stack.api_key}", "--max-time",
              "10", *urls[at:at + 50])


def rest(stack, seconds):
    """Wait until nothing is under way; what still is, else nothing."""
    end = time.monotonic() + seconds
    while True:
        end_open_orders(stack)
        skip = [] if stack.args.full else [SKIP_AHEAD]
        left = [row[0] for row in stack.primary.psql(*skip, RESTLESS)]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.25)


def captures(stack, books):
    """I10 and I13: the processor's money is ours or in quarantine, to the
    unit and currency; one order a payment."""
    there = collections.Counter(
        (row["id"], str(row["amount"]), row["currency"].upper())
        for row in books.truth.values() if row["paid"] == "paid")
    there.update(stack.made_up)
    here = collections.Counter(
        (row["ref"], row["settled"], row["currency"])
        for row in books.payments.values() if row["state"] == "settled")
    here.update(tuple(row) for row in books.unmatched)
    for row in there - here:
        yield f"I10 the processor took {' '.join(row)}; it is not in our books"
    for row in here - there:
        yield f"I10 our books have {' '.join(row)}; the processor took no such"
    orders = collections.Counter(row["payment"] or row["id"]
                                 for row in books.truth.values())
    for payment, count in orders.items():
        if count > 1:
            yield f"I13 {count} orders at the processor for {payment}"


def known_to_persons(stack, rows):
    """Every one of these refunds is in the persons' queue."""
    keys = " ".join(row[0] for row in stack.primary.psql(
        "SELECT key FROM audit.task WHERE kind = 'missing_here'"))
    return all(row[0] in keys for row in rows)


def posted(rows):
    """Of rows of REFUNDS, those that have a name at the processor."""
    return {(ref, minor, currency, state)
            for _, minor, currency, state, ref, _ in rows if ref}


def refunds(stack, books):
    """I10 and I13 the other way: what the processor gave back is in our
    books, and nothing that we asked for was given twice."""
    there = {}
    path = stack.dir / "sandbox/parts.jsonl"
    lines = path.read_text(encoding="utf-8") if path.exists() else ""
    for line in lines.splitlines():
        row = json.loads(line)
        if row["kind"] == PART_REFUND and row["state"] in PART_STATES:
            there[row["id"]] = row
    given = {(row["id"], str(row["amount"]), row["currency"].upper(),
              PART_STATES[row["state"]]) for row in there.values()}
    taken = posted(books.refunds)
    missing = sorted(given - taken)
    if missing and not known_to_persons(stack, missing):
        # what no notification told, its payout tells
        st.sh("curl", "-sS", "--max-time", "20", "--cacert",
              f"{stack.dir}/ca.pem", "-o", "/dev/null", "-H",
              f"Origin: {stack.box}", "-dcsrf=sandbox", stack.box + "/payout")
        stack.smetka("reconcile", "processor")
        # or the notification that came while the books were read
        taken = posted(stack.primary.psql(REFUNDS))
        missing = sorted(given - taken)
    told = known_to_persons(stack, missing) if missing else True
    for row in () if told else missing:
        yield f"I10 refund {' '.join(row)} is not in our books so"
    for row in sorted(taken - given):
        yield f"I10 our refund {' '.join(row)} is not so at the processor"
    asked = collections.Counter(row["meta_refund"] for row in there.values()
                                if row["meta_refund"])
    for refund, count in asked.items():
        if count > 1:
            yield f"I13 refund {refund} was given {count} times"


def shown(books, guests):
    """I11: what a guest was shown is what became true."""
    paid_at = {}
    for guest in guests:
        for row in guest.seen:
            if row[0] == "paid":
                paid_at.setdefault(row[1], row[2])
    for guest in guests:
        for row in guest.seen:
            if row[0] != "shown":
                continue
            _, payment, state, began, _ = row
            known = books.payments.get(payment)
            if known is None:
                yield f"I11 {state} was shown of {payment}: not in our books"
                continue
            if state in TAKEN and known["state"] != "settled":
                yield (f"I11 {payment} was shown as {state}, "
                       f"it is {known['state']}")
            if state in ("declined", "cancelled", "expired"):
                ref = known["ref"]
                if books.truth.get(ref, {}).get("paid") != "paid":
                    continue
                if paid_at.get(ref, float("inf")) < began:
                    yield (f"I11 {payment} was shown as {state} while the "
                           "processor held its money")
                if known["state"] != "settled":
                    yield (f"I11 {payment} was shown as {state}, was paid "
                           f"and is {known['state']}")


def where_to(books, location):
    """The payment that a redirect leads to."""
    if location is None:
        return None
    if "/c/pay/" in location:
        order = books.truth.get(location.rsplit("/", 1)[1])
        return order["payment"] if order else location
    found = re.search(r"/pay/status/([a-z2-7]{26})", location)
    return payment_uuid(found[1]) if found else None


def once_keys(books, guests):
    """I12: a key has one payment and one answer, which is kept."""
    by_key = {}
    for row in books.payments.values():
        by_key.setdefault(bytes.fromhex(row["key"]).decode(), set()).add(
            row["id"])
    for guest in guests:
        led = collections.defaultdict(set)
        for row in guest.seen:
            if row[0] == "start" and row[2] == 303:
                payment = where_to(books, row[3])
                if payment is None:
                    continue  # back to the bill: nothing to pay any more
                led[row[1]].add(payment)
                if payment not in books.payments:
                    yield (f"I12 a start was answered with {payment}, which "
                           "is not in our books")
            if row[0] == "conflict" and row[2] in (200, 303):
                yield (f"I12 key {row[1]} with another sum was answered "
                       f"{row[2]}")
        for key, payments in led.items():
            own = by_key.get(key, set())
            if len(own) > 1:
                yield f"I12 key {key} has {len(own)} payments"
            # a second tab is led to the first one's status while that runs
            if own and not own & payments and len(payments) > 1:
                yield f"I12 key {key} led to {sorted(payments)}"


def acknowledged(books):
    """What got 2xx is kept, also over a failover; a forged body never did."""
    lost = 0
    found = []
    for row in books.notified:
        if row.get("broken") or not 200 <= row["status"] < 300:
            continue
        if row["type"] in KEPT and row["id"] not in books.events:
            lost += 1
            found.append(f"A-11 event {row['id']} ({row['type']}) was "
                         "acknowledged and is not kept")
        if row["paid"]:
            known = books.by_ref.get(row["ref"])
            if (known is None or known["state"] != "settled") and not any(
                    row["ref"] == u[0] for u in books.unmatched):
                lost += 1
                found.append(f"A-6 the capture of {row['ref']} was "
                             "acknowledged and is lost")
    return lost, found


def receipts(stack, books):
    """I14: every receipt has arrived, and none of what is not settled."""
    arrived = set()
    for path in (stack.dir / "mail/new").iterdir():
        if path.name in stack.read_mails:
            arrived |= stack.read_mails[path.name]
            continue
        message = email.message_from_bytes(path.read_bytes(),
                                           policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        numbers = set(re.findall(r"Receipt number:\s+(\S+)", text))
        stack.read_mails[path.name] = numbers
        arrived |= numbers
    for number in sorted(set(books.receipts) - arrived):
        yield f"I14 receipt {number} was never mailed"
    for number in sorted(arrived - set(books.receipts)):
        yield f"I14 receipt {number} was mailed and is not in our books"


def run(stack, guests):
    """Every check; the violations as sentences."""
    books = Books(stack)
    lost, found = acknowledged(books)
    found += books.broken
    found += captures(stack, books)
    found += refunds(stack, books)
    found += shown(books, guests)
    found += once_keys(books, guests)
    found += receipts(stack, books)
    forged = stack.order({"do": "done"}).get("forged_accepted", 0)
    if forged:
        found.append(f"A-11 {forged} forged notifications were accepted")
    # the third kind of acknowledgement: a guest who read "settled"
    lost += sum(1 for text in found 
                if text.startswith("I11") and ", it is" in text)
    return found, lost, books
