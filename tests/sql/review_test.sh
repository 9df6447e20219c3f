#!/usr/bin/env bash
# What an operator decides about readings, with the operator's program:
#   tests/support/pg.sh run tests/sql/review_test.sh SMETKA
set -euo pipefail
smetka=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
host=${SMETKA_TEST_DATABASE%% *}
key=$(printf '11%.0s' {1..32})
printf '%s\n' "database = $host dbname=smetka" "secret.lookup = $key" \
    "secret.seal = $key" >"$work/conf"
checks=0 failures=0
as_owner="$host dbname=smetka user=smetka_owner"

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$as_owner" -c "$1"; }
# run CODE ARGUMENT...: the program must end with CODE
run() {
    local want=$1 code=0
    shift
    "$smetka" "$1" --config "$work/conf" "${@:2}" >"$work/out" 2>"$work/err" ||
        code=$?
    is "exit of $*" "$code" "$want"
}
is() { # WHAT GOT WANTED
    checks=$((checks + 1))
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    printf 'FAIL %s: got "%s", wanted "%s"\n' "$1" "$2" "$3" >&2
    head -n 5 "$work/err" >&2 || true
}
out() { jq -r "$1" "$work/out"; }

sed "s/^database = .*/& user=postgres/" "$work/conf" >"$work/super"
"$smetka" migrate --config "$work/super" >/dev/null 2>"$work/err" ||
    { cat "$work/err" >&2; exit 1; }
run 0 review list --json
is 'nothing waits' "$(out length)" 0

# three that wait: far too much, below an estimate, a guest's after a customer's
psql -X -q -v ON_ERROR_STOP=1 -d "$as_owner" -f "$here/fixture.inc" \
    -f "$here/meter.inc" -f - <<'SQL'
SELECT t.account('v1') AS a, t.route('R', 5, 20) AS r \gset
UPDATE customer.account SET client_code_hash = t.h('client') WHERE id = :a;
SELECT t.meter(:a, 'V1', :r) AS m, t.meter(:a, 'V2', :r) AS n,
    t.meter(:a, 'V3', :r) AS o \gset
SELECT t.index(:'m', '2025-02-10', 1000), t.index(:'m', '2026-02-10', 2000);
SELECT t.send(:a, :'m', '{9000}', 'v1', p_confirm => 2);
SELECT t.index(:'n', '2026-01-10', 100), t.index(:'n', '2026-02-10', 200,
    'estimated');
SELECT t.send(:a, :'n', '{150}', 'v2', p_confirm => 1);
SELECT t.send(:a, :'o', '{50}', 'v3');
SELECT meter.guest_submit(t.h('client'), 'V3', '{60000}', '2026-03-10',
    t.h('adr'), t.h('b'), t.h('guest of v3'), '{}', t.at(0));
SELECT meter.inbox_take(5, t.at(1));
INSERT INTO ops.review (kind, subject_id, created_at)
    VALUES ('business_data', 7, t.at(0));
SQL
run 0 review list --json
is 'what waits' "$(out '[.[].kind] | join(" ")')" \
    'reading reading reading business_data'
is 'which meter' "$(out '.[1].about[0:3]')" 'V2 '
high=$(out '.[0].id') below=$(out '.[1].id') guest=$(out '.[2].id')
other=$(out '.[3].id')
run 0 review show "$high" --json
is 'why' "$(out '.review[0].args' | jq -r '.doubts[0].word')" very_high
is 'beside what was' "$(out '[.readings[].value_milli / 1000] | @csv')" \
    1000,2000,9000
is 'which of them' "$(out '.readings[-1] | .state + " " + (.sent_here | tostring)')" \
    'in_check true'
run 0 review show "$high"
run 1 review show 999999
run 2 review show
run 2 review show nonsense
run 2 review list 5
run 2 review ponder "$high"
run 2 review approve "$high"
run 2 review refuse "$high" --by Ana
run 2 review refuse "$high" --by Ana --note no
run 0 review refuse "$high" --by Ana --note 'the photo shows 2900' --json
is 'refused' "$(out .outcome)" done
is 'the customer reads why' "$(ask "SELECT state || ': ' || reason
    FROM meter.reading WHERE value_milli = 9000000")" \
    'refused: the photo shows 2900'
run 1 review approve "$high" --by Ana --json
is 'once' "$(out .outcome)" gone
run 0 review approve "$below" --by Ana
is 'counts' "$(ask "SELECT state FROM meter.reading
    WHERE value_milli = 150000")" accepted
run 1 review approve "$guest" --by Ana --json
is 'the customer was first' "$(out .outcome)" overtaken
run 0 review refuse "$guest" --by Ana --note 'the customer has sent one'
# a file that was sent along
ask "INSERT INTO ops.attachment (review_id, received_at, media_type, sha256,
    body) SELECT $other, now(), 'image/png', sha256(b), b
    FROM (SELECT convert_to('as it came', 'UTF8') AS b) AS x"
run 0 review show "$other" --json
is 'what was sent along' "$(out '.files[] | .media_type + " " + (.bytes |
    tostring)')" 'image/png 10'
file=$(out '.files[0].file')
run 0 review file "$file" --out "$work/photo.png"
is 'its bytes' "$(cat "$work/photo.png")" 'as it came'
is 'for its maker alone' "$(stat -c %a "$work/photo.png")" 600
run 1 review file "$file" --out "$work/photo.png"
run 1 review file 999999 --out "$work/none.png"
is 'nothing is left of it' "$(ls "$work/none.png" 2>/dev/null)" ''
run 2 review file "$file"
run 0 review list --all --json
is 'all are kept' "$(out '[.[].state] | join(" ")')" \
    'refused approved refused open'
is 'who it was' "$(out '.[0].decided_by + ": " + .[0].note')" \
    'Ana: the photo shows 2900'
printf 'review: %d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
