-- What a customer owes, place by place.

-- name: self_places
-- params: session bytea, now timestamptz
-- columns: account uuid, code_hint text, holder text, address text, utilities text, currency text, open_minor bigint, overdue_minor bigint, credit_minor bigint, open_count bigint, oldest_due_on date, next_due_on date, last_payment_on date, as_of timestamptz, nickname text, may_pay boolean
-- rows: many
SELECT account, code_hint, holder, address, utilities, currency, open_minor,
    overdue_minor, credit_minor, open_count, oldest_due_on, next_due_on,
    last_payment_on, as_of, nickname, may_pay
FROM self.places($1, $2);

-- name: self_waiting
-- params: session bytea, now timestamptz
-- columns: place uuid, kind text
-- rows: many
SELECT place, kind FROM self.waiting($1, $2);
