-- The life of a payment attempt, for lib/pay.

-- name: pay_start
-- params: handle_hash bytea, browser_hash bytea, once_key bytea, currency text, choice text, amount_minor bigint, shown_minor bigint, min_minor bigint, max_minor bigint, processor text, lang text, retry_of uuid, now timestamptz
-- columns: outcome text, payment_id uuid, state text, amount_minor bigint, currency text
-- rows: one
SELECT outcome, payment_id, state, amount_minor, currency
FROM pay.start($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: pay_asked
-- params: payment uuid, now timestamptz
-- columns: order_no text, amount_minor bigint, currency text, email text, lang text, description_hint text, created_at timestamptz, expires_at timestamptz, idempotency_key text, state text, processor text, processor_ref text, capture_ref text
-- rows: zero_or_one
SELECT order_no, amount_minor, currency, email, lang, description_hint,
    created_at, expires_at, idempotency_key, state, processor, processor_ref,
    capture_ref
FROM pay.asked($1, $2);

-- name: pay_apply
-- params: processor text, event_key text, payment uuid, order_no text, processor_ref text, kind text, amount_minor bigint, currency text, reason text, redirect_url text, expires_at timestamptz, source text, body_hash bytea, now timestamptz, capture_ref text
-- columns: outcome text, payment_id uuid, state text
-- rows: one
SELECT outcome, payment_id, state
FROM pay.apply($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
    $15);

-- name: pay_ask_failed
-- params: payment uuid, now timestamptz
-- columns: done boolean
-- rows: one
SELECT pay.ask_failed($1, $2) IS NULL AS done;

-- name: pay_want_ask
-- params: payment uuid, now timestamptz
-- columns: done boolean
-- rows: one
SELECT pay.want_ask($1, $2) IS NULL AS done;

-- name: pay_refund_apply
-- params: processor text, event_key text, refund uuid, payment uuid, order_no text, processor_ref text, capture_ref text, refund_ref text, state text, amount_minor bigint, currency text, reason text, source text, body_hash bytea, now timestamptz
-- columns: outcome text, payment_id uuid, state text, refund_id uuid
-- rows: one
SELECT outcome, payment_id, state, refund_id
FROM pay.refund_apply($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
    $14, $15);

-- name: pay_dispute_apply
-- params: processor text, event_key text, payment uuid, order_no text, processor_ref text, capture_ref text, dispute_ref text, state text, amount_minor bigint, fee_minor bigint, currency text, source text, body_hash bytea, now timestamptz
-- columns: outcome text, payment_id uuid, state text
-- rows: one
SELECT outcome, payment_id, state
FROM pay.dispute_apply($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
    $13, $14);

-- name: pay_order_money
-- params: processor text, order_no text
-- columns: amount_minor bigint, currency text
-- rows: zero_or_one
SELECT amount_minor, currency FROM pay.order_money($1, $2);
