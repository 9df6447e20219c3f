-- Paying as who is logged in.

-- name: self_pay_open
-- params: session bytea, place uuid, handle_hash bytea, browser_hash bytea, email text, lang text, now timestamptz
-- columns: done boolean
-- rows: one
SELECT self.pay_open($1, $2, $3, $4, $5, $6, $7) AS done;
