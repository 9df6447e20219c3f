"""A guest as the schedules have them: types a code, starts, pays or does
not, comes back, clicks twice, opens two tabs, loses patience; and notes what
was answered and shown."""
import http.client
import re
import threading
import time
import urllib.parse

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
GOOD, REFUSED, SECURE = ("4242 4242 4242 4242", "4000 0000 0000 0002",
                         "4000 0025 0000 3155")
STATE = re.compile(rb'<main[^>]* data-payment-state="([a-z_]+)"')
FINAL = ("settled", "declined", "cancelled", "expired", "partly_refunded",
         "refunded", "disputed", "charged_back")


def payment_uuid(text):
    """The uuid that the 26 characters of an address stand for."""
    number = 0
    for letter in text:
        number = number << 5 | ALPHABET.index(letter)
    digits = f"{number >> 2:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20],
                     digits[20:]))


class Gone(Exception):
    """The guest gives up."""


class Reply:
    def __init__(self, status, location, body, began):
        self.status, self.location, self.body = status, location, body
        self.began, self.ended = began, time.time()

    def hidden(self, name, near=b""):
        """The value of a hidden field, in the form that holds NEAR."""
        for form in self.body.split(b"<form")[1:]:
            form = form.split(b"</form>")[0]
            found = re.search(b'name="' + name.encode() +
                              rb'" value="([^"]*)"', form)
            if near in form and found:
                return found[1].decode()
        return ""


class Browser:
    """Cookies and kept connections, from an address of its own."""

    def __init__(self, stack, address, patience):
        self.stack, self.address, self.patience = stack, address, patience
        self.cookie = None
        self.links = {}
        self.failures = []  # what was not answered, or by 5xx

    def twin(self):
        """Another tab: the same cookie, connections of its own."""
        other = Browser(self.stack, self.address, self.patience)
        other.cookie, other.failures = self.cookie, self.failures
        return other

    def ask(self, method, url, form=None):
        """One exchange; None where none came about."""
        parts = urllib.parse.urlsplit(url)
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Accept-Language": "en"}
        if self.cookie and parts.port == self.stack.port:
            headers["Cookie"] = self.cookie
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"{parts.scheme}://{parts.netloc}"
        target = parts.path + ("?" + parts.query if parts.query else "")
        began = time.time()
        try:
            got, data = self.exchange(parts, method, target, body, headers)
        except (OSError, http.client.HTTPException) as why:
            self.failures.append(f"{method} {parts.path[:7]} {why!r}")
            return None
        if got.status >= 500:
            self.failures.append(f"{method} {parts.path[:7]} {got.status}")
        for value in got.headers.get_all("Set-Cookie") or []:
            if value.startswith("__Host-smetka="):
                self.cookie = value.split(";")[0]
        where = got.headers.get("Location")
        if where is not None:
            where = urllib.parse.urljoin(url, where)
        return Reply(got.status, where, data, began)

    def exchange(self, parts, method, target, body, headers):
        """Over the kept connection, or over a new one if that had ended
        meanwhile, as browsers do."""
        link = self.links.pop(parts.port, None)
        kept = link is not None
        for _ in range(2):
            if link is None:
                link = http.client.HTTPSConnection(
                    parts.hostname, parts.port, timeout=self.patience,
                    context=self.stack.tls, source_address=(self.address, 0))
            try:
                link.request(method, target, body=body, headers=headers)
                got = link.getresponse()
                data = got.read()
                self.links[parts.port] = link
                return got, data
            except (OSError, http.client.HTTPException) as why:
                link.close()
                link = None
                if not kept or isinstance(why, TimeoutError):
                    raise
                kept = False
        raise AssertionError

    def close(self):
        for link in self.links.values():
            link.close()


class Guest(threading.Thread):
    """One guest of a schedule.  What it saw is in self.seen, rows of
    (kind, ...); checks.py reads them."""

    def __init__(self, stack, dice, number, codes, end, past):
        super().__init__(daemon=True)
        self.stack, self.dice = stack, dice
        self.end, self.past = end, past
        self.address = f"127.{dice.randint(64, 250)}." \
            f"{dice.randint(1, 250)}.{dice.randint(1, 250)}"
        self.email = f"g{number}@faults.example"
        self.code = dice.choice(codes)
        self.plan = dice.choices(
            ("pay", "secure", "decline_pay", "cancel", "abandon", "double",
             "tabs", "cancel_here", "repeat", "conflict", "pay_twice"),
            (30, 6, 8, 8, 8, 10, 10, 8, 8, 4, 6))[0]
        self.choice = dice.choices(("other", "current", "total"),
                                   (94, 4, 2))[0]
        self.minor = dice.randint(100, 900)
        self.begin = dice.random() * 0.7
        self.browser = Browser(stack, self.address,
                               8 if stack.args.full else 3)
        self.seen = []

    # ---- parts -------------------------------------------------------------

    def late(self):
        """The weather is over and there was time enough."""
        return time.time() > self.end and self.past()

    def nap(self, most):
        time.sleep(self.dice.random() * most)

    def insist(self, method, url, form=None, good=(200, 303), browser=None):
        """Try as a person does: some times, while there is time."""
        while True:
            reply = (browser or self.browser).ask(method, url, form)
            if reply is not None and reply.status in good:
                return reply
            if self.late():
                raise Gone(url)
            self.nap(0.4)

    def look_up(self):
        """From the empty form to the bill's address."""
        page = self.insist("GET", f"{self.stack.site}/en/pay", good=(200,))
        reply = self.insist("POST", f"{self.stack.site}/en/pay", {
            "csrf": page.hidden("csrf"), "website": "",
            "payment_code": self.code, "email": self.email}, good=(303,))
        return reply.location

    def form(self, bill, browser=None):
        """The Pay form of the bill page, filled in."""
        page = self.insist("GET", bill, good=(200,), browser=browser)
        key = page.hidden("once_key")
        if not key:
            raise Gone("nothing to pay")
        choice = self.choice
        if choice == "current" and b'value="current"' not in page.body:
            choice = "total"
        near = b'name="once_key"'
        return {"csrf": page.hidden("csrf"), "website": "", "choice": choice,
                "amount": f"{self.minor // 100}.{self.minor % 100:02d}"
                if choice == "other" else "",
                "once_key": key,
                "currency": page.hidden("currency", near),
                "shown_minor": page.hidden("shown_minor", near),
                "current_minor": page.hidden("current_minor", near)}

    def note_start(self, form, reply):
        if reply is not None:
            self.seen.append(("start", form["once_key"], reply.status,
                              reply.location, reply.ended))

    def press_pay(self, bill, form, browser=None):
        """Press Pay, with the same key until something is answered; returns
        where it led: the processor's page or the status page."""
        while True:
            reply = (browser or self.browser).ask("POST", bill + "/start",
                                                  form)
            self.note_start(form, reply)
            if reply is not None and reply.status == 303:
                return reply.location
            if reply is not None and reply.status in (404, 409, 422):
                raise Gone("refused")
            if self.late():
                raise Gone("start")
            self.nap(0.3)

    def status(self, url, browser=None):
        """Look at the status page; the state that it shows, or None."""
        reply = (browser or self.browser).ask("GET", url)
        if reply is None or reply.status != 200:
            return None, reply
        found = STATE.search(reply.body)
        if not found:
            return None, reply
        payment = payment_uuid(urllib.parse.urlsplit(url).path.split("/")[4])
        shown = found[1].decode()
        self.seen.append(("shown", payment, shown, reply.began, reply.ended))
        return shown, reply

    def watch(self, url, times=4):
        """Come back to the status page until it says how it ended."""
        for _ in range(times):
            shown, _ = self.status(url)
            if shown in FINAL:
                return shown
            if self.late():
                break
            self.nap(0.5)
        return None

    def at_processor(self, url, action, card=GOOD):
        """One form of the hosted page; where it leads, or None."""
        form = {"csrf": "sandbox", "card": card, "action": action}
        reply = self.browser.ask("POST", url, form)
        if reply is None:
            return None
        where = reply.location
        if where and "/c/3ds/" in where:
            step = self.browser.ask("POST", where, {
                "csrf": "sandbox",
                "action": self.dice.choice(("approve", "approve", "refuse"))})
            reply, where = step, step.location if step else None
            if where and "/c/pay/" in where:
                return None
        if action == "pay" and where and "/return/" in where:
            self.seen.append(("paid", url.rsplit("/", 1)[1], reply.ended))
        return where

    def come_back(self, where):
        """Follow the processor's redirect; the status page's address."""
        if where is None:
            return None
        if "/return/" in where:
            reply = self.browser.ask("GET", where)
            if self.dice.random() < 0.2:  # reload of the return address
                reply = self.browser.ask("GET", where) or reply
            where = reply.location if reply is not None else where.replace(
                "/return/", "/status/")
        return where

    def hosted(self, url, *steps):
        """Walk through the processor's page, then look how it ended."""
        if "/c/pay/" not in url:
            self.watch(url)
            return url
        back = None
        for action, card in steps:
            self.nap(0.3)
            back = self.at_processor(url, action, card) or back
        back = self.come_back(back)
        if back:
            self.watch(back)
        return back

    # ---- plans -------------------------------------------------------------

    def run(self):
        time.sleep(self.begin)
        try:
            bill = self.look_up()
            form = self.form(bill)
            getattr(self, "plan_" + self.plan, self.plan_pay)(bill, form)
        except Gone:
            pass  # a guest may give up; what counts is in the books
        finally:
            self.browser.close()

    def plan_pay(self, bill, form):
        self.hosted(self.press_pay(bill, form), ("pay", GOOD))

    def plan_secure(self, bill, form):
        self.hosted(self.press_pay(bill, form), ("pay", SECURE))

    def plan_decline_pay(self, bill, form):
        last = GOOD if self.dice.random() < 0.6 else REFUSED
        self.hosted(self.press_pay(bill, form), ("pay", REFUSED), ("pay", last))

    def plan_pay_twice(self, bill, form):
        self.hosted(self.press_pay(bill, form), ("pay", GOOD), ("pay", GOOD))

    def plan_cancel(self, bill, form):
        self.hosted(self.press_pay(bill, form), ("cancel", ""))

    def plan_abandon(self, bill, form):
        self.press_pay(bill, form)

    def plan_double(self, bill, form):
        """Two identical POSTs, two milliseconds apart."""
        other, where = self.browser.twin(), []

        def second():
            time.sleep(0.002)
            reply = other.ask("POST", bill + "/start", form)
            self.note_start(form, reply)
            where.append(reply.location if reply is not None else None)
        thread = threading.Thread(target=second, daemon=True)
        thread.start()
        try:
            first = self.press_pay(bill, form)
        finally:
            thread.join()
            other.close()
        self.hosted(first, ("pay", GOOD))

    def plan_tabs(self, bill, form):
        """The bill in two tabs; both are paid if the first can still be."""
        other = self.browser.twin()
        try:
            second_form = self.form(bill, other)
            first = self.press_pay(bill, form)
            self.nap(0.2)
            pay_first = self.dice.random() < 0.5
            if pay_first and "/c/pay/" in first:
                self.at_processor(first, "pay")
            second = self.press_pay(bill, second_form, other)
        finally:
            other.close()
        self.hosted(second, ("pay", GOOD))
        if not pay_first:
            self.hosted(first, ("pay", GOOD))

    def plan_cancel_here(self, bill, form):
        """Cancel on our status page, while it may be being paid."""
        url = self.press_pay(bill, form)
        if "/c/pay/" not in url:
            self.watch(url)
            return
        status = self.come_back(self.at_processor(url, "cancel"))
        if status is None:
            return
        race = None
        if self.dice.random() < 0.5:
            race = threading.Thread(target=self.pay_elsewhere, args=(url,),
                                    daemon=True)
            race.start()
        _, page = self.status(status)
        if page is not None:
            self.browser.ask("POST", status.split("?")[0] + "/" +
                             self.dice.choice(("cancel", "cancel", "ask")),
                             {"csrf": page.hidden("csrf"), "website": ""})
        if race:
            race.join()
        self.watch(status)

    def pay_elsewhere(self, url):
        other = self.browser.twin()
        reply = other.ask("POST", url, {"csrf": "sandbox", "card": GOOD,
                                        "action": "pay"})
        if reply is not None and "/return/" in (reply.location or ""):
            self.seen.append(("paid", url.rsplit("/", 1)[1], reply.ended))
        other.close()

    def plan_repeat(self, bill, form):
        """The back button, and Pay again with the same form."""
        self.hosted(self.press_pay(bill, form), ("pay", GOOD))
        self.watch(self.press_pay(bill, form), 2)

    def plan_conflict(self, bill, form):
        """The same key with another sum: refused, nothing started."""
        url = self.press_pay(bill, form)
        changed = dict(form, choice="other",
                       amount=f"{self.minor // 100 + 1}.37")
        reply = self.browser.ask("POST", bill + "/start", changed)
        if reply is not None:
            self.seen.append(("conflict", form["once_key"], reply.status))
        self.hosted(url, ("pay", GOOD))
