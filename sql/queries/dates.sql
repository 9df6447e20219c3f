-- The dates that a customer may put into a calendar.

-- name: self_dates
-- params: session bytea, now timestamptz
-- columns: id uuid, bill boolean, from_on date, to_on date, place text, number text, open_minor bigint, currency text
-- rows: many
SELECT id, bill, from_on, to_on, place, number, open_minor, currency
FROM self.dates($1, $2);
