-- Whether the database answers this program; asked by /readyz.

-- name: health_ping
-- params: now timestamptz
-- columns: answered timestamptz
-- rows: one
SELECT $1::timestamptz AS answered;
