#!/usr/bin/env bash
# Letters that prove a contract, with the operator's program:
#   tests/support/pg.sh run tests/sql/account_test.sh SMETKA
set -euo pipefail
smetka=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
host=${SMETKA_TEST_DATABASE%% *}
key=$(printf '11%.0s' {1..32})
printf '%s\n' "database = $host dbname=smetka" "secret.lookup = $key" \
    "secret.seal = $key" "register.letter_days = 30" >"$work/conf"
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
field() { sed -n 2p "$work/out" | tr -d '"\r' | cut -d, -f"$1"; }
is() { # WHAT GOT WANTED
    checks=$((checks + 1))
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    printf 'FAIL %s: got "%s", wanted "%s"\n' "$1" "$2" "$3" >&2
    head -n 5 "$work/err" >&2 || true
}
sed "s/^database = .*/& user=postgres/" "$work/conf" >"$work/super"
"$smetka" migrate --config "$work/super" >/dev/null 2>"$work/err" ||
    { cat "$work/err" >&2; exit 1; }
# more than a batch, the first with a name that a spreadsheet would run
psql -X -q -v ON_ERROR_STOP=1 -d "$as_owner" -f "$here/fixture.inc" \
    -f - <<'SQL'
SELECT count(t.account('a' || n)) FROM generate_series(1000, 1600) AS n;
UPDATE customer.account SET client_code = payment_code_hint;
UPDATE customer.party SET name = '=1+1', language = 'bg' WHERE id = (
    SELECT party_id FROM customer.account WHERE client_code = '1000');
SQL
good() { ask "SELECT count(*) FROM auth.letter WHERE ends_at > now()"; }

run 0 account letter --most 3
is 'a line each and a head' "$(wc -l <"$work/out")" 4
is 'the head' "$(head -n 1 "$work/out" | tr -d '\r')" \
    client_code,name,address,language,code,until
is 'no formula' "$(field 1-4)" "1000,'=1+1,,bg"
code=$(field 5)
is 'the form of a code' "$([[ $code =~ ^([a-z2-9]{4}-){3}[a-z2-9]{4}$ ]] &&
    echo yes)" yes
is 'what is kept of it' "$(ask "SELECT encode(e.code_hash, 'hex')
    FROM auth.letter AS e JOIN customer.account AS a ON a.id = e.account_id
    WHERE a.client_code = '1000'")" \
    "$(printf %s "$code" | tr -d - | tr a-z A-Z | sha256sum | cut -d' ' -f1)"
run 0 account letter --json
is 'the others' "$(wc -l <"$work/out")" 598
is 'each once' "$(jq -r .client_code "$work/out" | sort -u | wc -l)" 598
is 'each its own' "$(jq -r .code "$work/out" | sort -u | wc -l)" 598
is 'for so long' "$(jq -r .until "$work/out" | sort -u)" \
    "$(ask 'SELECT ops.day(now()) + 30')"
is 'all kept' "$(good)" 601
run 0 account letter
is 'nobody is left' "$(wc -l <"$work/out")" 1
run 0 account letter 1000
is 'another one for who asks' "$(field 1)" 1000
is 'is another' "$([ "$(field 5)" = "$code" ] || echo yes)" yes
run 1 account letter 99
run 2 account letter --most 0
run 2 account ponder
run 2 account issue
# who wants paper
ask "UPDATE customer.account SET paperless = true WHERE client_code = '1001'"
run 0 export accounts
is 'who wants no paper' "$(grep -c ',yes$' "$work/out") $(grep ',yes$' \
    "$work/out" | cut -d, -f2)" '1 1001'
run 0 export accounts --json
is 'the same as JSON' "$(jq -r 'select(.paperless == "yes").client_code' \
    "$work/out")" 1001
printf 'account: %d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
