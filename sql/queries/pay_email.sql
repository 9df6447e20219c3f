-- Where the receipt goes.

-- name: guest_email
-- params: handle_hash bytea, browser_hash bytea, email text, now timestamptz
-- columns: done boolean
-- rows: one
SELECT pay.guest_email($1, $2, $3, $4) AS done;
