-- The bill that a handle opens, a row per account and currency.

-- name: guest_bill
-- params: handle_hash bytea, browser_hash bytea, now timestamptz
-- columns: account_no integer, code_hint text, currency text, total_minor bigint, overdue_minor bigint, credit_minor bigint, current_minor bigint, current_due_on date, current_number_tail text, last_payment_on date, as_of timestamptz, email text, choice text, choice_minor bigint, own_payment uuid, own_state text, own_started_at timestamptz, other_started_at timestamptz, expires_at timestamptz
-- rows: many
SELECT account_no, code_hint, currency, total_minor, overdue_minor,
    credit_minor, current_minor, current_due_on, current_number_tail,
    last_payment_on, as_of, email, choice, choice_minor, own_payment,
    own_state, own_started_at, other_started_at, expires_at
FROM pay.guest_bill($1, $2, $3);
