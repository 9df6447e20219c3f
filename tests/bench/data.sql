-- A company for the bench: psql -v n=<customers> -f data.sql, as superuser.
-- Each account has 24 monthly documents, the last two of them open; lines and
-- journal only for the open ones.  Triggers and foreign keys rest meanwhile:
-- what is written obeys them, and loading does not check it again.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET search_path = pg_catalog;

INSERT INTO billing.seller (tax_id, name) VALUES ('RO18547290', 'Bench SA')
ON CONFLICT DO NOTHING;
INSERT INTO billing.feed (source, as_of)
VALUES ('billing', timestamptz '2026-11-01 06:00+00') ON CONFLICT DO NOTHING;

INSERT INTO customer.party (kind, name)
SELECT 'person', 'Abonat ' || g FROM generate_series(1, :n) AS g;

INSERT INTO customer.account (party_id, payment_code_hash, payment_code_hint)
SELECT g, sha256(('bench' || g)::bytea), lpad((g % 10000)::text, 4, '0')
FROM generate_series(1, :n) AS g;

INSERT INTO billing.document (account_id, seller_id, number, kind, currency,
    issued_on, due_on, net_minor, tax_minor, total_minor, payable_minor)
SELECT a, 1, 'B' || lpad(a::text, 8, '0') || lpad(m::text, 2, '0'), 'invoice',
    'RON', d, d + 20, v, v / 5, v + v / 5, v + v / 5
FROM generate_series(1, :n) AS a, generate_series(1, 24) AS m,
    LATERAL (SELECT (date '2024-11-01' + make_interval(months => m))::date
        + (a % 25)::int AS d, 5000 + (a * 31 + m * 97) % 20000 AS v) AS x;

INSERT INTO billing.open_item (document_id, account_id, total_minor,
    open_minor, due_on, issued_on, currency, number_tail)
SELECT id, account_id, payable_minor,
    CASE WHEN row_no <= 2 THEN payable_minor ELSE 0 END, due_on, issued_on,
    currency, right(number, 4)
FROM (SELECT d.*, row_number() OVER (PARTITION BY account_id
        ORDER BY issued_on DESC) AS row_no FROM billing.document AS d) AS t;

INSERT INTO billing.document_line (document_id, line_no, quantity_micro,
    price_micro, net_minor, tax_rate_bp, unit, name)
SELECT i.document_id, 1, 100000000, 500000, d.net_minor, 2000, 'KWH', 'Energie'
FROM billing.open_item AS i
JOIN billing.document AS d ON d.id = i.document_id WHERE i.open_minor > 0;

INSERT INTO billing.journal_txn (posted_at, document_id, kind)
SELECT timestamptz '2026-11-01 06:00+00', document_id, 'invoice'
FROM billing.open_item WHERE open_minor > 0;
INSERT INTO billing.journal_entry (txn_id, line_no, account, account_id,
    amount_minor, currency)
SELECT t.id, l.line_no, l.account::billing.journal_account,
    CASE WHEN l.line_no = 1 THEN i.account_id END, l.sign * i.total_minor,
    i.currency
FROM billing.journal_txn AS t
JOIN billing.open_item AS i ON i.document_id = t.document_id,
    (VALUES (1, 'receivable', 1), (2, 'revenue', -1))
        AS l (line_no, account, sign);
INSERT INTO billing.balance (account_id, credit_minor, last_payment_on,
    currency)
SELECT id, 0, date '2026-10-20', 'RON' FROM customer.account;

SET session_replication_role = origin;
VACUUM (ANALYZE);
CHECKPOINT;
