-- Who is logged in; read with every page of a customer.

-- name: auth_session_of
-- params: session bytea, now timestamptz
-- columns: login_id uuid, email text, language text, stage text, confirmed_at timestamptz, kept boolean, touch boolean, second boolean, closes_at timestamptz
-- rows: zero_or_one
SELECT login_id, email, language, stage, confirmed_at, kept, touch, second,
    closes_at
FROM auth.session_of($1, $2);

-- name: auth_session_touch
-- params: session bytea, now timestamptz
-- columns: done boolean
-- rows: one
SELECT auth.session_touch($1, $2) IS NULL AS done;

-- name: auth_token_enter
-- params: key bytea, most integer, now timestamptz
-- columns: login_id uuid, email text, language text, see boolean, retry_after_s integer
-- rows: zero_or_one
SELECT login_id, email, language, see, retry_after_s
FROM auth.token_enter($1, $2, $3);
