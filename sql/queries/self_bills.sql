-- Bills of who is logged in.

-- name: self_invoices
-- params: session bytea, place uuid, from_day date, to_day date, state text, find text, most integer, skip integer, now timestamptz
-- columns: invoice uuid, number text, credit_note boolean, code_hint text, address text, issued_on date, due_on date, period_from date, period_to date, value_minor bigint, open_minor bigint, currency text, state text, days integer, matches bigint, may_pay boolean
-- rows: many
SELECT invoice, number, credit_note, code_hint, address, issued_on, due_on,
    period_from, period_to, value_minor, open_minor, currency, state, days,
    matches, may_pay
FROM self.invoices($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: self_invoice_years
-- params: session bytea, place uuid, now timestamptz
-- columns: year integer, bills bigint
-- rows: many
SELECT year, bills FROM self.invoice_years($1, $2, $3);

-- name: self_invoice_year
-- params: session bytea, year integer, place uuid, most integer, skip integer, now timestamptz
-- columns: invoice uuid
-- rows: many
SELECT invoice FROM self.invoice_year($1, $2, $3, $4, $5, $6);

-- name: self_invoice
-- params: session bytea, invoice uuid, now timestamptz
-- columns: number text, credit_note boolean, code_hint text, holder text, address text, contract text, seller text, seller_tax text, issued_on date, due_on date, period_from date, period_to date, net_minor bigint, tax_minor bigint, total_minor bigint, value_minor bigint, open_minor bigint, currency text, state text, days integer, has_original boolean, client_code text, type_code text, point text, seller_vat boolean, seller_legal_id text, seller_street text, seller_city text, seller_postcode text, seller_region text, seller_country text, seller_email text, seller_phone text, seller_iban text, firm boolean, holder_vat_number text, holder_id_hash bytea, holder_id_sealed bytea, holder_street text, holder_city text, holder_postcode text, holder_region text, holder_country text, place uuid, code_hash bytea, code_sealed bytea, may_pay boolean
-- rows: zero_or_one
SELECT number, credit_note, code_hint, holder, address, contract, seller,
    seller_tax, issued_on, due_on, period_from, period_to, net_minor,
    tax_minor, total_minor, value_minor, open_minor, currency, state, days,
    has_original, client_code, type_code, point, seller_vat,
    seller_legal_id, seller_street, seller_city, seller_postcode,
    seller_region, seller_country, seller_email, seller_phone, seller_iban,
    firm, holder_vat_number, holder_id_hash, holder_id_sealed,
    holder_street, holder_city, holder_postcode, holder_region,
    holder_country, place, code_hash, code_sealed, may_pay
FROM self.invoice($1, $2, $3);

-- name: self_invoice_lines
-- params: session bytea, invoice uuid, now timestamptz
-- columns: line_no integer, name text, unit text, quantity_micro bigint, price_micro bigint, net_minor bigint, tax_rate_bp integer, kind text, tax_category text
-- rows: many
SELECT line_no, name, unit, quantity_micro, price_micro, net_minor,
    tax_rate_bp, kind, tax_category
FROM self.invoice_lines($1, $2, $3);

-- name: self_invoice_registers
-- params: session bytea, invoice uuid, now timestamptz
-- columns: meter text, register text, unit text, old_milli bigint, new_milli bigint, old_on date, new_on date, old_read text, new_read text, factor_milli bigint, quantity_milli bigint
-- rows: many
SELECT meter, register, unit, old_milli, new_milli, old_on, new_on,
    old_read, new_read, factor_milli, quantity_milli
FROM self.invoice_registers($1, $2, $3);

-- name: self_invoice_like
-- params: session bytea, invoice uuid, now timestamptz
-- columns: invoice uuid, period_from date, period_to date, own boolean
-- rows: many
SELECT invoice, period_from, period_to, own
FROM self.invoice_like($1, $2, $3);

-- name: self_invoice_taxes
-- params: session bytea, invoice uuid, now timestamptz
-- columns: category text, rate_bp integer, base_minor bigint, tax_minor bigint
-- rows: many
SELECT category, rate_bp, base_minor, tax_minor
FROM self.invoice_taxes($1, $2, $3);

-- name: self_invoice_payments
-- params: session bytea, invoice uuid, now timestamptz
-- columns: paid_on date, how text, reference text, amount_minor bigint, payment uuid
-- rows: many
SELECT paid_on, how, reference, amount_minor, payment
FROM self.invoice_payments($1, $2, $3);

-- name: self_invoice_original
-- params: session bytea, invoice uuid, now timestamptz
-- columns: body bytea, media_type text, sha256 bytea, number text
-- rows: zero_or_one
SELECT body, media_type, sha256, number
FROM self.invoice_original($1, $2, $3);

-- name: self_invoices_after
-- params: session bytea, after uuid, most integer, now timestamptz
-- columns: invoice uuid, place uuid, number text, credit_note boolean, issued_on date, due_on date, period_from date, period_to date, value_minor bigint, open_minor bigint, currency text, state text
-- rows: many
SELECT invoice, place, number, credit_note, issued_on, due_on, period_from,
    period_to, value_minor, open_minor, currency, state
FROM self.invoices_after($1, $2, $3, $4);
