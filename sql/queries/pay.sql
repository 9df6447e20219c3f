-- A guest's look-up by payment code.

-- name: guest_open
-- params: code_hash bytea, handle_hash bytea, browser_hash bytea, address_hash bytea, email text, email_hash bytea, lang text, step_up_hash bytea, second_hash bytea, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM pay.guest_open($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
