-- Giving money back, for jobs and the operator.

-- name: pay_refund_claim
-- params: most integer, lease_s integer, now timestamptz
-- columns: refund_id uuid, payment_id uuid, state text, asked integer
-- rows: many
SELECT refund_id, payment_id, state, asked
FROM pay.refund_claim($1, $2, $3);

-- name: pay_refund_asked
-- params: refund uuid
-- columns: payment_id uuid, state text, refund_ref text, refund_minor bigint, currency text, asked_at timestamptz, others integer, others_minor bigint, order_no text, processor text, processor_ref text, capture_ref text, settled_minor bigint, lang text, started_at timestamptz
-- rows: zero_or_one
SELECT payment_id, state, refund_ref, refund_minor, currency, asked_at,
    others, others_minor, order_no, processor, processor_ref, capture_ref, settled_minor, lang,
    started_at
FROM pay.refund_asked($1);

-- name: pay_refund_ask_failed
-- params: refund uuid, now timestamptz
-- columns: done boolean
-- rows: one
SELECT pay.refund_ask_failed($1, $2) IS NULL AS done;
