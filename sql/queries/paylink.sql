-- A bill opened by a signed link.

-- name: guest_link
-- params: account uuid, handle_hash bytea, browser_hash bytea, address_hash bytea, email text, lang text, choice text, amount_minor bigint, currency text, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM pay.guest_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
