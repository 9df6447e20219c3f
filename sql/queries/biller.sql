-- An operator's questions and confirmations (pull protocol).

-- name: biller_due
-- params: code_hash bytea, currency text
-- columns: invoice uuid, open_minor bigint, due_on date, issued_on date, number_tail text, code_hint text
-- rows: many
SELECT invoice, open_minor, due_on, issued_on, number_tail, code_hint
FROM pay.biller_due($1, $2);

-- name: biller_confirm
-- params: processor text, tid text, code_hash bytea, currency text, total_minor bigint, invoices text, lang text, body_hash bytea, now timestamptz
-- columns: outcome text, payment_id uuid
-- rows: one
SELECT outcome, payment_id
FROM pay.biller_confirm($1, $2, $3, $4, $5,
    string_to_array($6, ',')::uuid[], $7, $8, $9);
