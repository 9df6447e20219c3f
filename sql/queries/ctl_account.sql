-- Log-ins as the operator's command line handles them.

-- name: ctl_account_issue
-- params: client_code text, email_key bytea, user_name text, password text, lang text, lasting boolean, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.issue($1, $2, $3, $4, $5, $6, $7) AS outcome;
