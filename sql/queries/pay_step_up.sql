-- The mailed link that opens a bill once.

-- name: step_up_take
-- params: step_up_hash bytea, handle_hash bytea, browser_hash bytea, now timestamptz
-- columns: outcome text
-- rows: one
SELECT pay.step_up_take($1, $2, $3, $4) AS outcome;
