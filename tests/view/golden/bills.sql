-- What the pages about a bill read; the golden file of mksql_test.sh.

-- name: bill_rows
-- The sums of one handle, one row a currency.
-- params: handle_hash bytea, browser_hash bytea,
--   now timestamptz
-- columns: currency text, total_minor bigint, due_on date,
--   mine boolean, lines integer, body jsonb, id uuid
-- rows: many
SELECT currency, -- a remark; with a semicolon
       total_minor, 'it''s; --not a remark' AS x, /* nested /* ; */ */ due_on,

       "odd;name", $q$ ; $1 $q$, mine, lines, body, id
  FROM pay.guest_bill($1, $2, $3)
 WHERE text <> 'LINE
  feed "??/"' AND 1 < 2;

-- name: bill_touch
-- params: none
-- columns: none
-- rows: none
UPDATE pay.bill SET seen = true; -- after it

-- name: bill_one
-- columns: n bigint
-- rows: one
SELECT 1;
-- name: bill_maybe
-- columns: n bigint
-- rows: zero_or_one
SELECT 1
;
