-- A second code on the same page.

-- name: guest_add
-- params: handle_hash bytea, browser_hash bytea, code_hash bytea, address_hash bytea, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s FROM pay.guest_add($1, $2, $3, $4, $5, $6);
