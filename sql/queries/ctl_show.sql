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
