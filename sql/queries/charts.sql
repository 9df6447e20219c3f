-- What the charts of a place show.

-- name: self_charts
-- params: session bytea, place uuid, now timestamptz
-- columns: place uuid, name text, code_hint text, chosen boolean, kind text, utility text, unit text, from_on date, to_on date, value bigint, estimated boolean
-- rows: many
SELECT place, name, code_hint, chosen, kind, utility, unit, from_on, to_on,
    value, estimated
FROM self.charts($1, $2, $3);

-- name: self_shown
-- params: session bytea, place uuid, now timestamptz
-- columns: meter uuid, kind text, serial text, register integer, code text, register_kind text, unit text, read_on date, milli bigint, source text, state text
-- rows: many
SELECT meter, kind, serial, register, code, register_kind, unit, read_on,
    milli, source, state
FROM self.shown($1, $2, $3);
