-- The comparison with the processor's own list, and its payouts.

-- name: compare_due
-- params: processor text, now timestamptz
-- columns: due boolean
-- rows: one
SELECT pay.compare_due($1, $2) AS due;

-- name: compare_begin
-- params: processor text, since timestamptz, until timestamptz, now timestamptz
-- columns: id bigint
-- rows: one
SELECT pay.compare_begin($1, $2, $3, $4) AS id;

-- name: compare_note
-- params: id bigint, order_no text, processor_ref text, amount_minor bigint, currency text, now timestamptz
-- columns: outcome text, payment_id uuid
-- rows: one
SELECT outcome, payment_id FROM pay.compare_note($1, $2, $3, $4, $5, $6);

-- name: compare_end
-- params: id bigint, now timestamptz
-- columns: listed integer, missing_here integer, missing_there integer, differs integer
-- rows: one
SELECT listed, missing_here, missing_there, differs
FROM pay.compare_end($1, $2);

-- name: payouts_since
-- params: processor text, now timestamptz
-- columns: since timestamptz
-- rows: one
SELECT pay.payouts_since($1, $2) AS since;

-- name: payout_posted
-- params: processor text, payout_ref text
-- columns: posted boolean
-- rows: one
SELECT pay.payout_posted($1, $2) AS posted;

-- name: payout_apply
-- params: processor text, payout_ref text, currency text, net_minor bigint, arrived_on date, lines jsonb, now timestamptz
-- columns: outcome text, matched integer, missing_here integer, differs integer
-- rows: one
SELECT outcome, matched, missing_here, differs
FROM pay.payout_apply($1, $2, $3, $4, $5, $6, $7);
