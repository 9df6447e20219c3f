-- Stable read-only views for checks from outside.  They run with their
-- owner's rights; names and columns are a contract, new ones go to the end.

CREATE OR REPLACE VIEW audit.invoice AS
SELECT d.id AS invoice_id, d.account_id, d.number,
    (CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END) * d.payable_minor
        AS total_minor,
    coalesce(o.open_minor, 0) AS open_minor, d.currency,
    CASE WHEN d.cancelled THEN 'cancelled'
        WHEN (d.kind = 'invoice') <> (d.payable_minor >= 0) THEN 'credit'
        WHEN coalesce(o.open_minor, 0) = 0 THEN 'paid'
        WHEN o.open_minor < o.total_minor THEN 'part_paid'
        ELSE 'open' END AS state
FROM billing.document AS d
LEFT JOIN billing.open_item AS o ON o.document_id = d.id;
COMMENT ON VIEW audit.invoice IS
    'Documents; a credit note has a negative total.';

CREATE OR REPLACE VIEW audit.payment AS
SELECT a.id AS payment_id, i.account_id, a.amount_minor,
    coalesce(s.amount_minor, 0) AS settled_minor,
    coalesce(s.currency, a.currency) AS currency, a.state, a.reason,
    encode(a.once_key, 'hex') AS once_key, a.processor, a.processor_ref,
    a.created_at, a.final_at, a.needs_person
FROM pay.attempt AS a
JOIN pay.intent AS i ON i.id = a.intent_id
LEFT JOIN pay.settlement AS s ON s.payment_id = a.id;
COMMENT ON VIEW audit.payment IS
    'Payment attempts; needs_person: in the persons'' queue.';

CREATE OR REPLACE VIEW audit.allocation AS
SELECT p.payment_id, p.document_id AS invoice_id, p.amount_minor
FROM pay.allocation AS p
UNION ALL
SELECT p.payment_id, o.document_id, -o.amount_minor
FROM pay.reopening AS o
JOIN pay.allocation AS p ON p.txn_id = o.allocation_txn_id
    AND p.document_id = o.document_id
UNION ALL
SELECT NULL, d.id,
    (CASE d.kind WHEN 'invoice' THEN 1 ELSE -1 END) * d.payable_minor
FROM billing.document AS d
JOIN billing.journal_txn AS t ON t.document_id = d.id AND t.kind = d.kind::text
WHERE (d.kind = 'invoice') <> (d.payable_minor > 0);
COMMENT ON VIEW audit.allocation IS
    'What lowered which invoice.  Without a payment: credit was used; '
    'negative: a credit note that was given as credit, or what was undone '
    'when money went back (the invoice is owed again).';

CREATE OR REPLACE VIEW audit.payment_event AS
SELECT e.payment_id, e.seq, e.from_state, e.to_state, e.cause, e.at
FROM pay.attempt_event AS e;
COMMENT ON VIEW audit.payment_event IS 'Every move of an attempt.';

CREATE OR REPLACE VIEW audit.edge AS
SELECT e.from_state, e.to_state FROM pay.edge AS e;
COMMENT ON VIEW audit.edge IS 'The moves that are allowed.';

CREATE OR REPLACE VIEW audit.ledger AS
SELECT e.txn_id * 100 + e.line_no AS entry_id, e.txn_id, t.kind,
    e.account::text AS account, e.amount_minor, e.currency, t.payment_id,
    e.account_id
FROM billing.journal_entry AS e
JOIN billing.journal_txn AS t ON t.id = e.txn_id;
COMMENT ON VIEW audit.ledger IS 'The journal; debit positive.';

CREATE OR REPLACE VIEW audit.processor_event AS
SELECT p.processor, p.event_key AS event_id, p.processor_ref, p.kind,
    p.amount_minor, p.currency, p.received_at, p.applied_at
FROM pay.processor_event AS p;
COMMENT ON VIEW audit.processor_event IS 'Authentic messages, each once.';

CREATE OR REPLACE VIEW audit.receipt AS
SELECT r.receipt_no, r.payment_id FROM pay.receipt AS r;
COMMENT ON VIEW audit.receipt IS 'Receipts.';

CREATE OR REPLACE VIEW audit.unmatched AS
SELECT u.processor, u.processor_ref, u.amount_minor, u.currency, u.reason
FROM pay.unmatched AS u;
COMMENT ON VIEW audit.unmatched IS 'Money that a person has to place.';

CREATE OR REPLACE VIEW audit.account AS
SELECT c.id AS account_id, c.payment_code_hint,
    coalesce(b.currency, c.currency) AS currency,
    (coalesce((SELECT sum(o.open_minor) FROM billing.open_item AS o
        WHERE o.account_id = b.account_id AND o.currency = b.currency
            AND o.open_minor > 0), 0)
        - coalesce(b.credit_minor, 0))::bigint AS balance_minor
FROM customer.account AS c
LEFT JOIN billing.balance AS b ON b.account_id = c.id;
COMMENT ON VIEW audit.account IS
    'What an account owes, a row a currency; negative: it has credit.';

CREATE OR REPLACE VIEW audit.outbox AS
SELECT o.id AS message_id, o.dedupe_key, o.channel,
    encode(sha256(convert_to(lower(o.recipient), 'UTF8')), 'hex')
        AS recipient_hash,
    o.template, o.language, o.state, o.attempts, o.created_at, o.sent_at
FROM notify.outbox AS o;
COMMENT ON VIEW audit.outbox IS 'Messages, without their recipients.';

CREATE OR REPLACE VIEW audit.refund AS
SELECT r.id AS refund_id, r.payment_id, r.amount_minor, r.state, r.currency,
    r.origin, r.processor, r.processor_ref, r.created_at, r.changed_at,
    r.needs_person
FROM pay.refund AS r;
COMMENT ON VIEW audit.refund IS
    'Refunds; without a payment: of unmatched money.';

CREATE OR REPLACE VIEW audit.refund_event AS
SELECT e.refund_id, e.seq, e.from_state, e.to_state, e.cause, e.at
FROM pay.refund_event AS e;
COMMENT ON VIEW audit.refund_event IS 'Every move of a refund.';

CREATE OR REPLACE VIEW audit.dispute AS
SELECT d.id AS dispute_id, d.payment_id, d.amount_minor, d.state, d.currency,
    d.fee_minor, d.processor, d.processor_ref, d.opened_at, d.changed_at
FROM pay.dispute AS d;
COMMENT ON VIEW audit.dispute IS
    'Disputes; without a payment: of unmatched money.';

CREATE OR REPLACE VIEW audit.dispute_event AS
SELECT e.dispute_id, e.seq, e.from_state, e.to_state, e.cause, e.at
FROM pay.dispute_event AS e;
COMMENT ON VIEW audit.dispute_event IS 'Every move of a dispute.';

CREATE OR REPLACE VIEW audit.payout AS
SELECT p.processor, p.processor_ref, p.currency, p.net_minor, p.arrived_on
FROM pay.payout AS p;
COMMENT ON VIEW audit.payout IS 'What the processor paid to the bank.';

CREATE OR REPLACE VIEW audit.task AS
SELECT t.id AS task_id, t.kind, t.key, t.payment_id, t.note, t.created_at,
    t.done_at
FROM pay.task AS t;
COMMENT ON VIEW audit.task IS 'What a person has to look at, or had.';

CREATE OR REPLACE VIEW audit.reading AS
SELECT g.id AS reading_id, r.meter_id, r.no AS register, g.value_milli,
    g.read_on, g.source::text AS source, g.state::text AS state
FROM meter.reading AS g
JOIN meter.register AS r ON r.id = g.register_id;
COMMENT ON VIEW audit.reading IS
    'What meters showed, all versions; register: its number on the meter.';
