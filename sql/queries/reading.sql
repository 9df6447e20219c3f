-- A meter reading from somebody who is not logged in.

-- name: reading_guest
-- params: client_hash bytea, serial text, values_milli text, read_on date, address_hash bytea, browser_hash bytea, once_key bytea, limits jsonb, now timestamptz
-- columns: outcome text, reference text, retry_after_s integer
-- rows: one
SELECT outcome, reference, retry_after_s
FROM meter.guest_submit($1, $2, string_to_array($3, ',')::bigint[], $4, $5,
    $6, $7, $8, $9);
