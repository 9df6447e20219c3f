-- Log-ins as the operator's command line handles them.

-- name: ctl_account_issue
-- params: client_code text, email_key bytea, user_name text, password text, lang text, lasting boolean, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.issue($1, $2, $3, $4, $5, $6, $7) AS outcome;

-- name: ctl_letters_due
-- params: client_code text, after_id bigint, most integer, now timestamptz
-- columns: account bigint, client_code text, name text, address text, language text
-- rows: many
SELECT account, client_code, name, address, language
FROM auth.letters_due($1, $2, $3, $4);

-- name: ctl_letters_put
-- params: accounts jsonb, days integer, now timestamptz
-- columns: until date
-- rows: one
SELECT auth.letters_put($1, $2, $3) AS until;
