-- name: import_accounts_stage
-- columns: made boolean
-- rows: one
SELECT customer.import_account_stage() AS made;

-- name: import_accounts_copy
-- rows: none
COPY pg_temp.import_account (line, client_code, client_hash, code_hash, code_sealed, code_hint, kind, name, id_kind, id_hash, id_sealed, email, phone, language, street, city, postcode, region, country, currency, active, contract, utility, point, address, meters) FROM STDIN;

-- name: import_accounts_take
-- columns: added bigint, changed bigint, refused bigint
-- rows: one
SELECT t.added, t.changed, t.refused
FROM customer.import_accounts() AS t;

-- name: import_staged_reasons
-- params: most integer
-- columns: line bigint, reason text
-- rows: many
SELECT r.line, r.reason FROM customer.import_reasons($1) AS r;

-- name: import_sellers_stage
-- columns: made boolean
-- rows: one
SELECT billing.import_seller_stage() AS made;

-- name: import_sellers_copy
-- rows: none
COPY pg_temp.import_seller (line, tax_id, name, vat, legal_id, street, city, postcode, region, country, email, phone, iban) FROM STDIN;

-- name: import_sellers_take
-- columns: added bigint, changed bigint, refused bigint
-- rows: one
SELECT t.added, t.changed, t.refused FROM billing.import_sellers() AS t;

-- name: import_routes_stage
-- columns: made boolean
-- rows: one
SELECT meter.import_route_stage() AS made;

-- name: import_routes_copy
-- rows: none
COPY pg_temp.import_route (line, code, first_day, last_day, every_months, base_month, opens_on, closes_on, method, read_every, keeps, note_ro, note_bg, note_en) FROM STDIN;

-- name: import_routes_take
-- columns: added bigint, changed bigint, refused bigint
-- rows: one
SELECT t.added, t.changed, t.refused FROM meter.import_routes() AS t;

-- name: import_meters_stage
-- columns: made boolean
-- rows: one
SELECT meter.import_meter_stage() AS made;

-- name: import_meters_copy
-- rows: none
COPY pg_temp.import_meter (line, point, contract, serial, kind, installed_on, removed_on, replaced_by, route, no, code, register_kind, unit, digits, decimals, factor_milli, read_on, value_milli, source, billed, invoice) FROM STDIN;

-- name: import_meters_take
-- params: now timestamptz
-- columns: added bigint, changed bigint, refused bigint
-- rows: one
SELECT t.added, t.changed, t.refused FROM meter.import_meters($1) AS t;

-- name: import_documents_stage
-- columns: made boolean
-- rows: one
SELECT billing.import_document_stage() AS made;

-- name: import_documents_copy
-- rows: none
COPY pg_temp.import_document (seller, seller_name, number, kind, type_code, currency, issued_on, due_on, period_from, period_to, net_minor, tax_minor, payable_minor, code_hash, contract, points, client_codes, holder_hashes, fallback_hash, seq, content, has_original) FROM STDIN;

-- name: import_lines_copy
-- rows: none
COPY pg_temp.import_line (seq, line_no, quantity_micro, price_micro, net_minor, tax_rate_bp, unit, name, kind, tax_category) FROM STDIN;

-- name: import_registers_copy
-- rows: none
COPY pg_temp.import_register (seq, no, line_no, meter, register, unit, old_milli, new_milli, old_on, new_on, old_read, new_read, factor_milli, quantity_milli) FROM STDIN;

-- name: import_taxes_copy
-- rows: none
COPY pg_temp.import_tax (seq, category, rate_bp, base_minor, tax_minor) FROM STDIN;

-- name: import_originals_copy
-- rows: none
COPY pg_temp.import_original (seq, media_type, body) FROM STDIN;

-- name: import_documents_take
-- params: now timestamptz
-- columns: seq bigint, outcome text, reason text
-- rows: many
SELECT t.seq, t.outcome, t.reason
FROM billing.import_documents($1) AS t;

-- name: import_payments_stage
-- columns: made boolean
-- rows: one
SELECT billing.import_payment_stage() AS made;

-- name: import_payments_copy
-- rows: none
COPY pg_temp.import_payment (seq, method, reference, code_hash, client_code, invoice, amount_minor, currency, received_on) FROM STDIN;

-- name: import_payments_take
-- params: now timestamptz
-- columns: seq bigint, outcome text, reason text
-- rows: many
SELECT t.seq, t.outcome, t.reason FROM billing.import_payments($1) AS t;

-- name: import_feed
-- params: source text, as_of timestamptz
-- rows: none
-- How fresh the data are: what a bill page says.
INSERT INTO billing.feed AS f (source, as_of) VALUES ($1, $2)
ON CONFLICT (source) DO UPDATE SET as_of = EXCLUDED.as_of
    WHERE f.as_of < EXCLUDED.as_of;
