-- Payments of who is logged in, and those that they miss.

-- name: self_payments
-- params: session bytea, most integer, skip integer, now timestamptz
-- columns: id uuid, payment uuid, received_on date, posted_on date, how text, reference text, amount_minor bigint, refunded_minor bigint, currency text, state text, code_hint text, receipt_no text, matches bigint
-- rows: many
SELECT id, payment, received_on, posted_on, how, reference, amount_minor,
    refunded_minor, currency, state, code_hint, receipt_no, matches
FROM self.payments($1, $2, $3, $4);

-- name: self_payment
-- params: session bytea, id uuid, now timestamptz
-- columns: id uuid, payment uuid, received_on date, posted_on date, how text, reference text, amount_minor bigint, refunded_minor bigint, currency text, state text, code_hint text, receipt_no text
-- rows: zero_or_one
SELECT id, payment, received_on, posted_on, how, reference, amount_minor,
    refunded_minor, currency, state, code_hint, receipt_no
FROM self.payment($1, $2, $3);

-- name: self_payment_parts
-- params: session bytea, id uuid, now timestamptz
-- columns: invoice uuid, number text, code_hint text, amount_minor bigint
-- rows: many
SELECT invoice, number, code_hint, amount_minor
FROM self.payment_parts($1, $2, $3);

-- name: self_payments_like
-- params: session bytea, paid_on date, amount_minor bigint, currency text, now timestamptz
-- columns: id uuid, payment uuid, received_on date, posted_on date, how text, reference text, amount_minor bigint, refunded_minor bigint, currency text, state text, code_hint text, receipt_no text
-- rows: many
SELECT id, payment, received_on, posted_on, how, reference, amount_minor,
    refunded_minor, currency, state, code_hint, receipt_no
FROM self.payments_like($1, $2, $3, $4, $5);

-- name: auth_missing_file
-- params: session bytea, account uuid, paid_on date, amount_minor bigint, currency text, how text, reference text, note text, now timestamptz
-- columns: outcome text, number text
-- rows: one
SELECT outcome, number
FROM auth.missing_file($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: auth_missing_list
-- params: session bytea, now timestamptz
-- columns: number text, code_hint text, told_on date, paid_on date, amount_minor bigint, currency text, how text, state text, note text
-- rows: many
SELECT number, code_hint, told_on, paid_on, amount_minor, currency, how,
    state, note
FROM auth.missing_list($1, $2);
