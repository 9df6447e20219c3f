#!/bin/sh
# sm_mksql: what it writes for golden/bills.sql, and what it refuses.
#   mksql_test.sh SM_MKSQL
set -eu
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fails=0

fail()
{
    echo "FAIL: $*"
    fails=$((fails + 1))
}

# refuse WHAT TEXT: the statement file TEXT must be refused with WHAT.
refuse()
{
    printf '%s\n' "$2" >"$dir/bad.sql"
    if "$tool" --out "$dir/out" "$dir/bad.sql" 2>"$dir/err"; then
        fail "accepted: $2"
    elif ! grep -qF -- "$1" "$dir/err"; then
        fail "expected \"$1\", got: $(cat "$dir/err")"
    fi
}

"$tool" --out "$dir/out" "$here/golden/bills.sql"
for end in h c; do
    diff -u "$here/golden/bills.$end" "$dir/out/bills.$end" ||
        fail "bills.$end differs from the golden file"
done

# What does not change is not written again.
touch -d '2020-01-01' "$dir/out/bills.h"
"$tool" --out "$dir/out" "$here/golden/bills.sql"
[ "$(date -r "$dir/out/bills.h" +%Y)" = 2020 ] || fail "written again"

"$tool" --embed "$dir/out/files.c" --base "$here" "$here/golden/bills.sql"
grep -qF '{"golden/bills.sql",' "$dir/out/files.c" || fail "embed: the name"
grep -qF 'sm_schema_file_count = 1;' "$dir/out/files.c" || fail "embed: count"
"$tool" --embed "$dir/out/none.c" --base "$here"
grep -qF 'sm_schema_file_count = 0;' "$dir/out/none.c" || fail "embed: none"

refuse 'bad.sql:1: a statement without name:' 'SELECT 1;'
refuse 'bad.sql:1: "a" has no rows:' '-- name: a
SELECT 1;'
refuse 'bad.sql:1: "a" is not ended by a semicolon' '-- name: a
-- rows: none
SELECT 1'
refuse 'bad.sql:4: "a" (line 1) is not ended by a semicolon' '-- name: a
-- rows: none
SELECT 1
-- name: b
-- rows: none
SELECT 1;'
refuse 'bad.sql:2: unknown type "int"' '-- name: a
-- params: n int
-- rows: none
SELECT $1;'
refuse 'bad.sql:2: unknown word "param:"' '-- name: a
-- param: n integer
SELECT 1;'
refuse 'bad.sql:2: rows: none, one' '-- name: a
-- rows: two
SELECT 1;'
refuse '$2, but "a" declares 1 params' '-- name: a
-- params: n integer
-- rows: none
DELETE FROM x WHERE n = $2;'
refuse '"a" never uses $2 (m)' '-- name: a
-- params: n integer, m integer
-- rows: none
DELETE FROM x WHERE n = $1 AND $q$ $2 $q$ <> '"'"'$2'"'"';'
refuse '"n" is named twice' '-- name: a
-- params: n integer, n integer
-- rows: none
SELECT $1;'
refuse 'other rows need columns' '-- name: a
-- rows: many
SELECT 1;'
refuse 'exclude each other' '-- name: a
-- columns: n integer
-- rows: none
SELECT 1;'
refuse 'name: a lower-case word' '-- name: Bill
-- rows: none
SELECT 1;'
refuse '"a" has a second name: or no text' '-- name: a
-- rows: none
-- name: b
-- rows: none
SELECT 1;'
refuse '"a" has no text' '-- name: a
-- rows: none'
refuse '"a" has no text' '-- name: a
-- rows: none
;'
refuse '"a" is the name of line 1' '-- name: a
-- rows: none
SELECT 1;
-- name: a
-- rows: none
SELECT 1;'
refuse "the quote ' is not closed" "-- name: a
-- rows: none
SELECT 'x;"
refuse 'the remark is not closed' '-- name: a
-- rows: none
SELECT /* /* */ ;'
refuse '$q$ is not closed' '-- name: a
-- rows: none
SELECT $q$ ;'
refuse "E'...' is not read here" "-- name: a
-- rows: none
SELECT E'\\'';"
refuse 'expected "name type' '-- name: a
-- params: n
-- rows: none
SELECT $1;'
refuse 'params: before name:' '-- params: n integer
-- name: a
SELECT 1;'
if "$tool" --out "$dir/out" "$dir/absent.sql" 2>/dev/null; then
    fail "a file that is not there"
fi
[ "$fails" -eq 0 ]
