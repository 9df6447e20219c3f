-- Meters of who is logged in.

-- name: self_meters
-- params: session bytea, meter uuid, place uuid, find text, most integer, skip integer, now timestamptz
-- columns: meter uuid, place uuid, place_name text, address text, serial text, kind text, removed_on date, register integer, code text, register_kind text, unit text, digits integer, decimals integer, factor_milli bigint, last_milli bigint, last_on date, last_source text, use_milli bigint, use_days integer, use_since date, year_micro bigint, sent_milli bigint, sent_on date, sent_state text, sent_billed boolean, read_method text, read_every_months integer, keeps_outside boolean, note_ro text, note_bg text, note_en text, opens_on date, closes_on date, next_opens_on date, next_closes_on date, may_send boolean, matches bigint
-- rows: many
SELECT meter, place, place_name, address, serial, kind, removed_on,
    register, code, register_kind, unit, digits, decimals, factor_milli,
    last_milli, last_on, last_source, use_milli, use_days, use_since,
    year_micro, sent_milli, sent_on, sent_state, sent_billed, read_method,
    read_every_months, keeps_outside, note_ro, note_bg, note_en, opens_on,
    closes_on, next_opens_on, next_closes_on, may_send, matches
FROM self.meters($1, $2, $3, $4, $5, $6, $7);

-- name: self_meter_windows
-- params: session bytea, now timestamptz
-- columns: place uuid, due bigint, sent bigint, meter uuid, closes_on date, days_left integer, next_opens_on date, next_closes_on date, may_send boolean
-- rows: many
SELECT place, due, sent, meter, closes_on, days_left, next_opens_on,
    next_closes_on, may_send
FROM self.meter_windows($1, $2);

-- name: self_meter_figures
-- params: session bytea, meter uuid, read_on date, now timestamptz
-- columns: register integer, register_kind text, digits integer, decimals integer, factor_milli bigint, last_milli bigint, last_on date, last_source text, true_milli bigint, true_on date, season_micro bigint, year_micro bigint
-- rows: many
SELECT register, register_kind, digits, decimals, factor_milli, last_milli,
    last_on, last_source, true_milli, true_on, season_micro, year_micro
FROM self.meter_figures($1, $2, $3, $4);

-- name: self_meter_history
-- params: session bytea, meter uuid, since date, now timestamptz
-- columns: register integer, read_on date, value_milli bigint, use_milli bigint, days integer, source text, state text, billed boolean, reason text, reference text
-- rows: many
SELECT register, read_on, value_milli, use_milli, days, source, state,
    billed, reason, reference
FROM self.meter_history($1, $2, $3, $4);

-- name: self_meter_submit
-- params: session bytea, meter uuid, values text, read_on date, confirm integer, once_key bytea, lang text, now timestamptz
-- columns: outcome text, submission uuid, register integer
-- rows: one
SELECT outcome, submission, register
FROM self.meter_submit($1, $2, $3, $4, $5, $6, $7, $8);

-- name: self_meter_photo
-- params: session bytea, submission uuid, media_type text, file bytea, now timestamptz
-- columns: done text
-- rows: one
SELECT self.meter_photo($1, $2, $3, $4, $5)::text AS done;

-- name: self_meter_sent
-- params: session bytea, submission uuid, now timestamptz
-- columns: meter uuid, serial text, kind text, reference text, read_on date, register integer, code text, register_kind text, unit text, decimals integer, value_milli bigint, state text, reason text, use_milli bigint, days integer, correctable_until date, bill_use_milli bigint, bill_since date, last_bill uuid
-- rows: many
SELECT meter, serial, kind, reference, read_on, register, code,
    register_kind, unit, decimals, value_milli, state, reason, use_milli,
    days, correctable_until, bill_use_milli, bill_since, last_bill
FROM self.meter_sent($1, $2, $3);

-- name: self_readings
-- params: session bytea, after bigint, most integer, now timestamptz
-- columns: id bigint, place text, kind text, serial text, code text, unit text, read_on date, milli bigint, source text, state text
-- rows: many
SELECT id, place, kind, serial, code, unit, read_on, milli, source, state
FROM self.readings($1, $2, $3, $4);
