-- What a log-in is told about itself: its log, its tokens, its end.

-- name: auth_events
-- params: session bytea, before integer, most integer, now timestamptz
-- columns: seq integer, at timestamptz, kind text, detail text, hash bytea
-- rows: many
SELECT seq, at, kind, detail, hash FROM auth.events($1, $2, $3, $4);

-- name: auth_token_make
-- params: session bytea, key bytea, name text, until date, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.token_make($1, $2, $3, $4, $5) AS outcome;

-- name: auth_tokens
-- params: session bytea, now timestamptz
-- columns: token uuid, name text, created_at timestamptz, until date, seen_at timestamptz
-- rows: many
SELECT token, name, created_at, until, seen_at FROM auth.tokens($1, $2);

-- name: auth_token_end
-- params: session bytea, token uuid, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.token_end($1, $2, $3) AS outcome;

-- name: auth_export_ask
-- params: session bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.export_ask($1, $2) AS outcome;

-- name: auth_close_ask
-- params: session bytea, number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.close_ask($1, $2, $3) AS outcome;

-- name: auth_close_keep
-- params: session bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.close_keep($1, $2) AS outcome;

-- name: auth_close_cancel
-- params: number bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT auth.close_cancel($1, $2) AS outcome;
