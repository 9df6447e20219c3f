-- What jobs does in the background.

-- name: jobs_outbox_claim
-- params: most integer, lease_s integer, now timestamptz
-- columns: id bigint, channel text, recipient text, template text, language text, payment uuid, number bytea, submission uuid, amount_minor bigint, who text, attempts integer
-- rows: many
SELECT id, channel, recipient, template, language,
    (args ->> 'payment_id')::uuid AS payment,
    decode(args ->> 'token_hash', 'hex') AS number,
    (args ->> 'submission_id')::uuid AS submission,
    (args ->> 'amount_minor')::bigint AS amount_minor,
    args ->> 'who' AS who, attempts
FROM notify.outbox_claim($1, $2, $3);

-- name: jobs_outbox_done
-- params: id bigint, outcome text, error text, now timestamptz
-- columns: done boolean
-- rows: one
SELECT notify.outbox_done($1, $2, $3, $4) IS NULL AS done;

-- name: jobs_sweep_claim
-- params: most integer, lease_s integer, now timestamptz
-- columns: payment_id uuid, state text, order_no text, asked_count integer
-- rows: many
SELECT payment_id, state, order_no, asked_count
FROM pay.sweep_claim($1, $2, $3);

-- name: jobs_set
-- params: name text, value bigint
-- columns: done boolean
-- rows: one
SELECT ops.set($1, $2) IS NULL AS done;

-- name: jobs_figures
-- params: now timestamptz
-- columns: created bigint, requested bigint, open bigint, pending bigint, attempts_oldest_s bigint, unmatched bigint, tasks bigint, tasks_oldest_s bigint, refunds bigint, outbox_depth bigint, outbox_oldest_s bigint, feed_age_s bigint
-- rows: one
SELECT created, requested, open, pending, attempts_oldest_s, unmatched,
    tasks, tasks_oldest_s, refunds, outbox_depth, outbox_oldest_s,
    feed_age_s
FROM ops.figures($1);

-- name: jobs_unposted
-- columns: unmatched_id bigint, reference text, amount_minor bigint, currency text, received_at timestamptz, processor text, told boolean
-- rows: many
SELECT unmatched_id, reference, amount_minor, currency, received_at,
    processor, told
FROM pay.unposted(NULL);

-- name: jobs_not_posted
-- params: unmatched_id bigint, now timestamptz
-- columns: new boolean
-- rows: one
SELECT pay.not_posted($1, $2) AS new;

-- name: jobs_forget
-- params: before timestamptz
-- columns: gone bigint
-- rows: one
SELECT ops.forget($1) AS gone;

-- name: jobs_inbox_take
-- params: most integer, now timestamptz
-- columns: taken integer
-- rows: one
SELECT meter.inbox_take($1, $2) AS taken;

-- name: jobs_reading
-- params: submission uuid
-- columns: serial text, reference text, read_on date, state text, kind text, unit text, decimals integer, value_milli bigint
-- rows: many
SELECT r.serial, r.reference, r.read_on, r.state, r.kind, r.unit, r.decimals,
    r.value_milli
FROM meter.received($1) AS r;

-- name: jobs_close_due
-- params: most integer, now timestamptz
-- columns: closed integer
-- rows: one
SELECT auth.close_due($1, $2) AS closed;
