-- What a customer who is logged in chooses to pay.

-- name: pay_select
-- params: session bytea, handle_hash bytea, browser_hash bytea, account uuid, documents text, currency text, lang text, now timestamptz
-- columns: outcome text, left_out integer
-- rows: one
SELECT outcome, left_out
FROM self.pay_select($1, $2, $3, $4, string_to_array($5, ',')::uuid[], $6, $7,
    $8);

-- name: pay_selection
-- params: session bytea, handle_hash bytea, browser_hash bytea, amount_minor bigint, now timestamptz
-- columns: number text, code_hint text, address text, due_on date, currency text, open_minor bigint, part_minor bigint, chosen boolean, email text, expires_at timestamptz, own_payment uuid, own_state text, own_started_at timestamptz, other_started_at timestamptz
-- rows: many
SELECT number, code_hint, address, due_on, currency, open_minor, part_minor,
    chosen, email, expires_at, own_payment, own_state, own_started_at,
    other_started_at
FROM self.pay_selection($1, $2, $3, $4, $5);

-- name: pay_selected
-- params: handle_hash bytea, browser_hash bytea, now timestamptz
-- columns: email text
-- rows: zero_or_one
SELECT email FROM pay.selected($1, $2, $3);
