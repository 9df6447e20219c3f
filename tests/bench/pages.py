"""The pages that the bench measures: who asks for what, how the right answer
is told, and the statement that the floor runs."""
import re
import secrets
import statistics
import sys
import time
import urllib.parse

import probe
from stack import TOP, base32, keyed_hash, say, sh

HANDLES, SESSIONS, LOGINS = 20000, 5000, 30


def embedded(stem, name):
    """The statement NAME of sql/queries/STEM.sql, as the build embeds it."""
    text = (TOP / f"sql/queries/{stem}.sql").read_text()
    body = re.search(rf"^-- name: {name}\n(?:--.*\n)*([^;]*);", text, re.M)
    if not body:
        sys.exit(f"bench: sql/queries/{stem}.sql has no {name}")
    return body[1].strip()


def with_values(statement, values):
    """STATEMENT with VALUES for its parameters."""
    return re.sub(r"\$(\d+)", lambda at: values[int(at[1]) - 1], statement)


class Bill:
    """A guest's bill; handles on random accounts, all of one browser."""

    wanted = b"/start\""

    @staticmethod
    def statement():
        return embedded("pay_bill", "guest_bill")

    @staticmethod
    def prepare(stack):
        key = bytes.fromhex((stack.dir / "etc/lookup").read_text().strip())
        browser = secrets.token_bytes(16)
        browser_hash = keyed_hash(key, "browser", browser)
        raws = [secrets.token_bytes(16) for _ in range(HANDLES)]
        hashes = [keyed_hash(key, "handle", raw) for raw in raws]
        rows = stack.rows("handles.tsv", [f"\\\\x{h}\t\\\\x{browser_hash}"
                                          for h in hashes])
        stack.psql(
            "-c", "SET client_min_messages = warning",
            "-c", "TRUNCATE pay.guest_handle CASCADE",
            "-c", "CREATE TEMP TABLE h (handle bytea, browser bytea)",
            "-c", f"\\copy h FROM '{rows}'",
            "-c", "INSERT INTO pay.guest_handle (handle_hash, browser_hash, "
            "email, lang, created_at, expires_at) SELECT handle, browser, "
            "'bench@example.org', 'en', now(), now() + interval '1 day' "
            "FROM h",
            "-c", "INSERT INTO pay.guest_handle_account (handle_id, "
            "account_no, account_id, code_hint, currency) SELECT h.id, 1, "
            "a.id, a.payment_code_hint, a.currency FROM (SELECT id, 1 + "
            f"(random() * {stack.customers - 1})::bigint AS account FROM "
            "pay.guest_handle) AS h JOIN customer.account AS a "
            "ON a.id = h.account",
            "-c", "VACUUM ANALYZE pay.guest_handle, pay.guest_handle_account")
        stack.ask_for([(f"/en/pay/{base32(raw)}", None) for raw in raws],
                      f"__Host-smetka={base32(browser)}",
                      [f"{h} {browser_hash}" for h in hashes])


class List:
    """The bills of a customer who is logged in, 24 rows; sessions of the
    holders of random accounts."""

    wanted = b"<th scope=\"row\">"

    @staticmethod
    def statement():
        # pgload's parameters: the session, an id with zeros behind it, now
        return with_values(embedded("self_bills", "self_invoices"), (
            "$1", "NULL::uuid", "NULL::date", "NULL::date", "NULL::text",
            "NULL::text", "25", "0", "$3")) + " WHERE $2::bytea IS NOT NULL"

    @staticmethod
    def asked(stack):
        """Path and, for pgload, an id of each session."""
        return [("/en/invoices", "0" * 32)] * SESSIONS

    @classmethod
    def prepare(cls, stack):
        key = bytes.fromhex((stack.dir / "etc/lookup").read_text().strip())
        raws = [secrets.token_bytes(16) for _ in range(SESSIONS)]
        hashes = [keyed_hash(key, "session", raw) for raw in raws]
        rows = stack.rows("sessions.tsv", [
            f"{i}\t\\\\x{h}\t\\\\x"
            + keyed_hash(key, "login", b"%d@bench.example" % i)
            for i, h in enumerate(hashes)])
        stack.psql(
            "-c", "SET client_min_messages = warning",
            "-c", "CREATE TEMP TABLE s (n bigint, key bytea, login bytea)",
            "-c", f"\\copy s FROM '{rows}'",
            "-c", "DELETE FROM auth.session",
            "-c", "INSERT INTO auth.login (email_key, email, password, "
            "language, source, created_at, password_at) SELECT login, "
            "n || '@bench.example', '$argon2id$none', 'en', 'web', now(), "
            "now() FROM s ON CONFLICT DO NOTHING",
            "-c", "INSERT INTO auth.login_account (login_id, account_id, "
            "role, state, created_at) SELECT l.id, 1 + (random() * "
            f"{stack.customers - 1})::bigint, 'holder', 'active', now() "
            "FROM auth.login AS l WHERE NOT EXISTS (SELECT FROM "
            "auth.login_account AS a WHERE a.login_id = l.id)",
            "-c", "INSERT INTO auth.session (key, login_id, stage, kept, "
            "agent, started_at, seen_at, confirmed_at, idle, ends_at) SELECT "
            "s.key, l.id, 'in', true, 'bench', now(), now(), now(), '1 day', "
            "now() + interval '1 day' FROM s JOIN auth.login AS l "
            "ON l.email = s.n || '@bench.example'",
            "-c", "VACUUM ANALYZE auth.login, auth.session, "
            "auth.login_account")
        cookies = [f"__Host-smetka-in={base32(raw)}" for raw in raws]
        asked = cls.asked(stack)
        stack.ask_for([(path, cookie) for (path, _), cookie
                       in zip(asked, cookies)], cookies[0],
                      [f"{h} {more}{'0' * 32}" for h, (_, more)
                       in zip(hashes, asked)])


class Detail(List):
    """One bill of such a customer, with its lines, taxes and payments; the
    floor runs the statement of its head alone."""

    wanted = b"<h1"

    @staticmethod
    def statement():
        return with_values(embedded("self_bills", "self_invoice"), (
            "$1", "encode(substr($2::bytea, 1, 16), 'hex')::uuid", "$3"))

    @staticmethod
    def asked(stack):
        found = stack.psql(
            "-At", "-c", "SELECT replace(d.public_id::text, '-', '') FROM "
            f"generate_series(0, {SESSIONS - 1}) AS n JOIN auth.login AS l "
            "ON l.email = n || '@bench.example' JOIN auth.login_account AS r "
            "ON r.login_id = l.id CROSS JOIN LATERAL (SELECT b.public_id FROM "
            "billing.document AS b WHERE b.account_id = r.account_id "
            "ORDER BY b.issued_on DESC LIMIT 1) AS d ORDER BY n")
        return [(f"/en/invoices/{base32(bytes.fromhex(line))}", line)
                for line in found.split()]


PAGES = {"bill": Bill, "list": List, "detail": Detail}


def log_in_ms(stack):
    """Milliseconds of a log-in by e-mail and password, the median of some
    customers; most of it is the password's hash."""
    password = issue(stack)
    browser = f"__Host-smetka={base32(secrets.token_bytes(16))}"
    client = probe.Client(stack)
    times = []
    for number in range(LOGINS):
        headers = {"Cookie": browser}
        _, _, body = client.ask("GET", "/en/login", headers=headers)
        token = re.search(rb'name="csrf" value="([^"]+)"', body)
        if not token:
            sys.exit(f"bench: the log-in page is wrong: {body[:200]!r}")
        form = urllib.parse.urlencode({
            "csrf": token[1].decode(), "website": "",
            "email": f"{number}@bench.example", "password": password})
        began = time.monotonic()
        status, answer, body = client.ask("POST", "/en/login", form, {
            **headers, "Content-Type": "application/x-www-form-urlencoded"})
        times.append((time.monotonic() - began) * 1000)
        if status != 303 or "__Host-smetka-in=" not in str(answer):
            sys.exit(f"bench: a log-in answered {status}: {body[:200]!r}")
    return statistics.median(times)


def issue(stack):
    """Give all log-ins of the bench one password, and say which."""
    desk = "desk-" + secrets.token_hex(8)
    stack.psql("-c", "UPDATE customer.account SET client_code = 'BENCH1' "
               "WHERE id = 1")
    told = stack.smetka("account", "issue", "BENCH1", "--user", desk,
                        "--lang", "en", "--lasting")
    found = re.search(r"\b(?:[a-z2-9]{4}-){2}[a-z2-9]{4}\b", told)
    if not found:
        sys.exit("bench: no log-in was issued")
    stack.psql("-c", "UPDATE auth.login SET password = (SELECT l.password "
               f"FROM auth.login AS l WHERE l.email = '{desk}') WHERE email "
               "LIKE '%@bench.example'")
    return found[0]
