-- name: ctl_attempt
-- params: payment_id uuid
-- columns: state text, reason text, processor text, processor_ref text, order_no text, amount_minor bigint, currency text, asked_count integer, created_at timestamptz, next_ask_at timestamptz, final_at timestamptz
-- rows: zero_or_one
SELECT a.state::text AS state, a.reason::text AS reason, a.processor,
    a.processor_ref, a.order_no::text AS order_no, a.amount_minor,
    a.currency, a.asked_count, a.created_at, a.next_ask_at, a.final_at
FROM pay.attempt AS a WHERE a.id = $1;

-- name: ctl_attempt_events
-- params: payment_id uuid
-- columns: seq integer, from_state text, to_state text, cause text, at timestamptz
-- rows: many
SELECT e.seq::integer AS seq, e.from_state::text AS from_state,
    e.to_state::text AS to_state, e.cause::text AS cause, e.at
FROM audit.payment_event AS e WHERE e.payment_id = $1 ORDER BY e.seq;

-- name: ctl_outbox
-- params: state text, most integer
-- columns: id bigint, state text, channel text, template text, language text, attempts integer, created_at timestamptz, next_try_at timestamptz, sent_at timestamptz, last_error text
-- rows: many
-- The recipient is not shown: who a message is for is nobody's business here.
SELECT o.id, o.state, o.channel, o.template, o.language, o.attempts,
    o.created_at, o.next_try_at, o.sent_at, o.last_error
FROM notify.outbox AS o
WHERE $1 = 'all' OR o.state = $1
ORDER BY o.id DESC LIMIT $2;

-- name: ctl_attempt_messages
-- params: payment_id uuid
-- columns: received_at timestamptz, source text, kind text, outcome text, amount_minor bigint, currency text, reason text, event_key text
-- rows: many
SELECT p.received_at, p.source, p.kind, p.outcome, p.amount_minor,
    p.currency, p.reason, p.event_key
FROM pay.processor_event AS p WHERE p.payment_id = $1
ORDER BY p.received_at, p.id;

-- name: ctl_attempt_postings
-- params: payment_id uuid
-- columns: txn_id bigint, posted_at timestamptz, kind text, account text, amount_minor bigint, currency text
-- rows: many
SELECT t.id AS txn_id, t.posted_at, t.kind, e.account::text AS account,
    e.amount_minor, e.currency
FROM billing.journal_txn AS t
JOIN billing.journal_entry AS e ON e.txn_id = t.id
WHERE t.payment_id = $1 ORDER BY t.id, e.line_no;

-- name: ctl_attempt_refunds
-- params: payment_id uuid
-- columns: refund_id uuid, state text, origin text, amount_minor bigint, currency text, processor_ref text, note text, reason text, created_at timestamptz, changed_at timestamptz
-- rows: many
SELECT r.id AS refund_id, r.state, r.origin, r.amount_minor, r.currency,
    r.processor_ref, r.note, r.reason, r.created_at, r.changed_at
FROM pay.refund AS r WHERE r.payment_id = $1 ORDER BY r.created_at, r.id;

-- name: ctl_attempt_disputes
-- params: payment_id uuid
-- columns: processor_ref text, state text, amount_minor bigint, fee_minor bigint, currency text, opened_at timestamptz, changed_at timestamptz
-- rows: many
SELECT d.processor_ref, d.state, d.amount_minor, d.fee_minor, d.currency,
    d.opened_at, d.changed_at
FROM pay.dispute AS d WHERE d.payment_id = $1 ORDER BY d.opened_at, d.id;

-- name: ctl_attempt_tasks
-- params: payment_id uuid
-- columns: id bigint, kind text, note text, created_at timestamptz, done_at timestamptz, done_note text
-- rows: many
SELECT t.id, t.kind, t.note, t.created_at, t.done_at, t.done_note
FROM pay.task AS t WHERE t.payment_id = $1 ORDER BY t.id;

-- name: ctl_resolve
-- params: payment_id uuid, kind text, evidence text, processor_ref text, amount_minor bigint, currency text, now timestamptz
-- columns: outcome text, state text
-- rows: one
-- A person's finding enters as a message of the processor, with its evidence
-- as the key; an order that never got a number takes our own.
SELECT r.outcome, r.state
FROM (SELECT a.* FROM pay.attempt AS a WHERE a.id = $1) AS a
CROSS JOIN LATERAL pay.apply(a.processor, 'operator: ' || $3, a.id, NULL,
    CASE $2 WHEN 'captured'
        THEN coalesce($4, a.processor_ref, 'operator ' || a.order_no)
        ELSE $4 END, $2,
    CASE $2 WHEN 'captured' THEN coalesce($5, a.amount_minor) END,
    CASE $2 WHEN 'captured' THEN coalesce($6, a.currency) END,
    CASE $2 WHEN 'closed' THEN 'cancelled' END, NULL, NULL, 'operator', NULL,
    $7) AS r;

-- name: ctl_refund
-- params: payment_id uuid, amount_minor bigint, note text, now timestamptz
-- columns: outcome text, refund text, amount text
-- rows: one
SELECT r.outcome, coalesce(r.refund_id::text, '') AS refund,
    coalesce(to_char(r.amount_minor / 100.0, 'FM999999999990.00') || ' '
        || r.currency, '') AS amount
FROM pay.refund_request($1, $2, 'operator', $3, $4) AS r;

-- name: ctl_refund_resolve
-- params: refund_id uuid, state text, evidence text, now timestamptz
-- columns: outcome text, state text
-- rows: zero_or_one
-- A person's finding enters as a message of the processor.
SELECT a.outcome, a.state
FROM (SELECT r.* FROM pay.refund AS r WHERE r.id = $1) AS r
CROSS JOIN LATERAL pay.refund_apply(r.processor,
    'operator: ' || r.id || ' ' || $2 || ' ' || $3, r.id, r.payment_id, NULL, NULL, NULL,
    NULL, $2, r.amount_minor, r.currency,
    CASE $2 WHEN 'failed' THEN 'refused' END, 'operator', NULL, $4) AS a;

-- name: ctl_refunds
-- columns: refund_id uuid, payment_id uuid, state text, origin text, amount_minor bigint, currency text, asked integer, created_at timestamptz, next_ask_at timestamptz, needs_person boolean
-- rows: many
SELECT r.id AS refund_id, r.payment_id, r.state, r.origin, r.amount_minor,
    r.currency, r.asked_count AS asked, r.created_at, r.next_ask_at,
    r.needs_person
FROM pay.refund AS r WHERE r.state IN ('requested', 'accepted')
ORDER BY r.created_at;

-- name: ctl_tasks
-- params: done boolean
-- columns: id bigint, kind text, payment_id uuid, key text, note text, created_at timestamptz, done_at timestamptz, done_note text
-- rows: many
SELECT t.id, t.kind, t.payment_id, t.key, t.note, t.created_at, t.done_at,
    t.done_note
FROM pay.task AS t WHERE $1 OR t.done_at IS NULL ORDER BY t.id;

-- name: ctl_task_done
-- params: id bigint, note text, now timestamptz
-- columns: done boolean
-- rows: one
SELECT pay.task_done($1, $2, $3) AS done;

-- name: ctl_due
-- params: now timestamptz
-- columns: attempts bigint, refunds bigint
-- rows: one
SELECT (SELECT count(*) FROM pay.attempt AS a WHERE a.next_ask_at <= $1)
        AS attempts,
    (SELECT count(*) FROM pay.refund AS r WHERE r.next_ask_at <= $1)
        AS refunds;
