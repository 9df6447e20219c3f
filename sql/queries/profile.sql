-- What a log-in sets about itself and its places.

-- name: auth_language_set
-- params: session bytea, lang text, now timestamptz
-- columns: done boolean
-- rows: one
SELECT auth.language_set($1, $2, $3) AS done;

-- name: auth_profile
-- params: session bytea, account uuid, now timestamptz
-- columns: account uuid, code_hint text, place text, nickname text, owner boolean, paperless boolean, kind text, name text, address text, seat text, vat_number text, address_waits boolean, business_waits boolean
-- rows: many
SELECT account, code_hint, place, nickname, owner, paperless, kind, name,
    address, seat, vat_number, address_waits, business_waits
FROM auth.profile($1, $2, $3);

-- name: auth_place_set
-- params: session bytea, account uuid, nickname text, paperless boolean, address text, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.place_set($1, $2, $3, $4, $5, $6) AS outcome;

-- name: auth_business_ask
-- params: session bytea, account uuid, name text, seat text, vat_number text, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.business_ask($1, $2, $3, $4, $5, $6) AS outcome;

-- name: auth_represent
-- params: session bytea, client_hash bytea, invoice_no text, address_hash bytea, random bytea, what jsonb, media_type text, file bytea, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM auth.represent($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: auth_email_ask
-- params: session bytea, email text, email_key bytea, mailbox_hash bytea, number bytea, cancel bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.email_ask($1, $2, $3, $4, $5, $6, $7) AS outcome;

-- name: auth_email_take
-- params: number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.email_take($1, $2) AS outcome;

-- name: auth_email_undo
-- params: number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.email_undo($1, $2) AS outcome;
