-- Logging in and what belongs to it.

-- name: auth_login_find
-- params: email_key bytea, address_hash bytea, browser_hash bytea, limits jsonb, now timestamptz
-- columns: verdict text, retry_after_s integer, password text
-- rows: one
SELECT verdict, retry_after_s, password
FROM auth.login_find($1, $2, $3, $4, $5);

-- name: auth_login_done
-- params: email_key bytea, address_hash bytea, browser_hash bytea, session bytea, agent text, kept boolean, renewed text, limits jsonb, now timestamptz
-- columns: stage text
-- rows: one
SELECT auth.login_done($1, $2, $3, $4, $5, $6, $7, $8, $9) AS stage;

-- name: auth_secrets
-- params: session bytea, address_hash bytea, browser_hash bytea, what text, limits jsonb, now timestamptz
-- columns: verdict text, retry_after_s integer, email text, password text, totp_sealed bytea, totp_used bigint, public_id uuid
-- rows: one
SELECT verdict, retry_after_s, email, password, totp_sealed, totp_used,
    public_id
FROM auth.secrets($1, $2, $3, $4, $5, $6);

-- name: auth_confirm
-- params: session bytea, new_session bytea, address_hash bytea, browser_hash bytea, now timestamptz
-- columns: done boolean
-- rows: one
SELECT auth.confirm($1, $2, $3, $4, $5) AS done;

-- name: auth_totp_done
-- params: session bytea, new_session bytea, browser_hash bytea, step bigint, trust boolean, limits jsonb, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.totp_done($1, $2, $3, $4, $5, $6, $7) AS outcome;

-- name: auth_totp_set
-- params: session bytea, sealed bytea, step bigint, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.totp_set($1, $2, $3, $4) AS outcome;

-- name: auth_password_change
-- params: session bytea, new_session bytea, browser_hash bytea, address_hash bytea, password text, limits jsonb, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.password_change($1, $2, $3, $4, $5, $6, $7) AS outcome;

-- name: auth_logout
-- params: session bytea, now timestamptz
-- columns: done boolean
-- rows: one
SELECT auth.logout($1, $2) IS NULL AS done;

-- name: auth_session_list
-- params: session bytea, now timestamptz
-- columns: session_id uuid, agent text, started_at timestamptz, seen_at timestamptz, ends_at timestamptz, kept boolean, own boolean
-- rows: many
SELECT session_id, agent, started_at, seen_at, ends_at, kept, own
FROM auth.session_list($1, $2);

-- name: auth_session_end
-- params: session bytea, other uuid, now timestamptz
-- columns: ended integer
-- rows: one
SELECT auth.session_end($1, $2, $3) AS ended;

-- name: auth_reset_ask
-- params: email_key bytea, address_hash bytea, mailbox_hash bytea, number bytea, lang text, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM auth.reset_ask($1, $2, $3, $4, $5, $6, $7);

-- name: auth_reset_take
-- params: number bytea, password text, browser_hash bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.reset_take($1, $2, $3, $4) AS outcome;

-- name: auth_token_open
-- params: number bytea, kind text, now timestamptz
-- columns: email text, hint text
-- rows: zero_or_one
SELECT email, hint FROM auth.token_open($1, $2, $3);

-- name: auth_register
-- params: client_hash bytea, invoice_no text, email text, email_key bytea, mailbox_hash bytea, password text, lang text, number bytea, address_hash bytea, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM auth.register($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: auth_activate
-- params: number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.activate($1, $2) AS outcome;

-- name: auth_agree
-- params: number bytea, yes boolean, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.agree($1, $2, $3) AS outcome;

-- name: auth_contract_add
-- params: session bytea, client_hash bytea, invoice_no text, address_hash bytea, random bytea, limits jsonb, now timestamptz
-- columns: outcome text, retry_after_s integer
-- rows: one
SELECT outcome, retry_after_s
FROM auth.contract_add($1, $2, $3, $4, $5, $6, $7);

-- name: auth_contracts
-- params: session bytea, now timestamptz
-- columns: account uuid, code_hint text, nickname text, role text, state text, ends_at timestamptz
-- rows: many
SELECT account, code_hint, nickname, role, state, ends_at
FROM auth.contracts($1, $2);
