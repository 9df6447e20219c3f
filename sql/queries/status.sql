-- What the pages about one payment read and write.

-- name: pay_status
-- params: payment uuid, browser_hash bytea, by_link boolean, now timestamptz
-- columns: payment_id uuid, shown text, state text, reason text, amount_minor bigint, settled_minor bigint, currency text, email text, created_at timestamptz, final_at timestamptz, redirect_url text, processor text, processor_ref text, receipt_no text, code_hint text, ask_by timestamptz, mine boolean, duplicate boolean, refundable_minor bigint, refunding_minor bigint, refunded_minor bigint, refunded_at timestamptz, refund_failed boolean, disputed_minor bigint, selected boolean, code_count integer
-- rows: zero_or_one
SELECT payment_id, shown, state, reason, amount_minor, settled_minor, currency,
    email, created_at, final_at, redirect_url, processor, processor_ref, receipt_no,
    code_hint, ask_by, mine, duplicate, refundable_minor,
    refunding_minor, refunded_minor, refunded_at, refund_failed,
    disputed_minor, selected, code_count
FROM pay.status($1, $2, $3, $4);

-- name: status_email
-- params: payment uuid, browser_hash bytea, email text, now timestamptz
-- columns: changed boolean
-- rows: one
SELECT pay.status_email($1, $2, $3, $4) AS changed;

-- name: payer_refund
-- params: payment uuid, browser_hash bytea, by_link boolean, now timestamptz
-- columns: outcome text
-- rows: one
SELECT pay.payer_refund($1, $2, $3, $4) AS outcome;
