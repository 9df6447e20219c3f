-- What a log-in is told about itself: its log, its tokens, its end.

-- name: auth_events
-- params: session bytea, before integer, most integer, now timestamptz
-- columns: seq integer, at timestamptz, kind text, detail text, hash bytea
-- rows: many
SELECT seq, at, kind, detail, hash FROM auth.events($1, $2, $3, $4);
