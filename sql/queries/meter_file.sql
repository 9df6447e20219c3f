-- Readings of many meters in one file.

-- name: meter_file_list
-- params: session bytea, now timestamptz
-- columns: serial text, register integer, address text, last_milli bigint, last_on date, decimals integer
-- rows: many
SELECT serial, register, address, last_milli, last_on, decimals
FROM self.meter_file_list($1, $2);

-- name: meter_file_submit
-- params: session bytea, items jsonb, confirm integer, file bytea, now timestamptz
-- columns: item integer, outcome text, register integer, day_micro bigint, usual_micro bigint, unit text
-- rows: many
SELECT item, outcome, register, day_micro, usual_micro, unit
FROM self.meter_file_submit($1, $2, $3, $4, $5);

-- name: meter_file_end
-- params: session bytea, file bytea, now timestamptz
-- columns: accounts bigint
-- rows: one
SELECT self.meter_file_end($1, $2, $3) AS accounts;

-- name: meter_file_sent
-- params: session bytea, file bytea, now timestamptz
-- columns: serial text, address text, reference text, read_on date, register_kind text, unit text, decimals integer, value_milli bigint, state text
-- rows: many
SELECT serial, address, reference, read_on, register_kind, unit, decimals,
    value_milli, state
FROM self.meter_file_sent($1, $2, $3);
