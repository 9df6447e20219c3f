"""A storm of notifications: signed as the processor does, shuffled, many
twice, some forged, some older than what is known, some of unknown orders."""
import hashlib
import hmac
import http.client
import json
import queue
import threading
import time

THREADS = 8


def sign(secret, body):
    stamp = str(int(time.time()))
    mac = hmac.new(secret.encode(), f"{stamp}.{body}".encode(),
                   hashlib.sha256).hexdigest()
    return f"t={stamp},v1={mac}"


def body_of(event_id, kind, row, paid):
    """An event of KIND about the order ROW of the processor's books."""
    if kind.startswith("payment_intent."):
        thing = {"id": row["intent"], "object": "payment_intent",
                 "amount": row["amount"], "currency": row["currency"],
                 "status": "requires_payment_method",
                 "last_payment_error": {"code": "card_declined"},
                 "metadata": {"payment": row["payment"],
                              "order_no": row["reference"]}}
    else:
        thing = {"id": row["id"], "object": "checkout.session",
                 "amount_total": row["amount"],
                 "client_reference_id": row["reference"],
                 "created": row["created"], "currency": row["currency"],
                 "expires_at": row["expires_at"], "mode": "payment",
                 "payment_intent": row["intent"],
                 "metadata": {"payment": row["payment"]},
                 "payment_status": "paid" if paid else "unpaid",
                 "status": "complete", "url": None}
    return json.dumps({"id": event_id, "object": "event", "type": kind,
                       "api_version": "2024-06-20", "livemode": False,
                       "created": int(time.time()),
                       "data": {"object": thing}})


class Storm:
    def __init__(self, stack, dice, number, size):
        self.stack, self.dice, self.number = stack, dice, number
        self.size = size
        self.results, self.wrong = [], []
        self.lock = threading.Lock()
        self.sent = 0

    def events(self):
        """The deliveries in the order of sending: (body, row, forged)."""
        orders = list(self.stack.truth().values())
        paid = [row for row in orders if row["paid"] == "paid"]
        if not orders:
            return []
        out, unknown = [], 0
        distinct = max(1, int(self.size * 0.7))
        for i in range(distinct):
            name = f"evt_storm{self.number}x{i}"
            dice = self.dice.random()
            row, told = self.dice.choice(orders), False
            kind = "checkout.session.completed"
            if dice < 0.05:  # a forged one claims money for anything
                told = True
            elif dice < 0.06:
                unknown += 1
                row = self.made_up(unknown)
                told = True
            elif dice < 0.11 or not paid:  # older than what is known
                row = self.dice.choice(paid or orders)
                kind = "payment_intent.payment_failed"
            else:
                row, told = self.dice.choice(paid), True
            out.append((body_of(name, kind, row, told),
                        {"id": name, "type": kind, "ref": row["id"],
                         "paid": told}, dice < 0.05))
        real = [one for one in out if not one[2]]
        out += [self.dice.choice(real) for _ in range(self.size - distinct)]
        self.dice.shuffle(out)
        return out

    def made_up(self, count):
        """An order that the merchant never made."""
        name = f"cs_test_unknown{self.number}x{count}"
        self.stack.made_up.append((name, "777", "RON"))
        return {"id": name, "intent": "pi_" + name, "amount": 777,
                "currency": "ron", "reference": "nobody-" + name,
                "payment": "", "created": int(time.time()),
                "expires_at": int(time.time()) + 3600}

    def deed(self):
        todo = queue.SimpleQueue()
        for one in self.events():
            todo.put(one)
        threads = [threading.Thread(target=self.deliver, args=(todo,),
                                    daemon=True) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def deliver(self, todo):
        link = None
        while True:
            try:
                body, row, forged = todo.get_nowait()
            except queue.Empty:
                return
            for _ in range(60):
                link, status = self.post(link, body, forged)
                self.sent += 1
                if forged and status is not None and status < 300:
                    self.wrong.append(f"A-11 forged {row['id']} was "
                                      f"answered {status}")
                if status is not None and (status < 300 or forged):
                    break
                time.sleep(0.2)
            else:
                self.wrong.append(f"A-11 {row['id']} was never accepted")
                continue
            if not forged:
                with self.lock:
                    self.results.append({**row, "status": status})

    def post(self, link, body, forged):
        secret = "whsec_forged" if forged else self.stack.secret
        try:
            if link is None:
                link = http.client.HTTPSConnection(
                    "localhost", self.stack.port, timeout=10,
                    context=self.stack.tls)
            link.request("POST", "/gw/notify/stripe", body=body, headers={
                "Content-Type": "application/json",
                "Stripe-Signature": sign(secret, body)})
            reply = link.getresponse()
            reply.read()
            return link, reply.status
        except (OSError, http.client.HTTPException):
            if link:
                link.close()
            return None, None
