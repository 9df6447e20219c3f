#!/usr/bin/env bash
# smetka check and smetka fence, with a database of its own that is not synced:
#   tests/support/pg.sh run tests/sql/check_test.sh SMETKA
set -euo pipefail
smetka=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SMETKA_DB__REQUIRE_DURABLE SMETKA_DB__TIMELINE_FILE
key=$(printf '11%.0s' {1..32})
cat >"$work/conf" <<C
database = $SMETKA_TEST_DATABASE
db.timeline_file = $work/timeline
share_dir = $work
secret.lookup = $key
secret.seal = $key
company.sellers = *
C
checks=0 failures=0

# run CODE ARGUMENT...: the program must end with CODE
run() {
    local want=$1 code=0
    shift
    "$smetka" "$1" --config "$work/conf" "${@:2}" >"$work/out" 2>&1 || code=$?
    checks=$((checks + 1))
    [ "$code" = "$want" ] || bad "exit of $* is $code, not $want"
}
bad() {
    failures=$((failures + 1))
    printf 'FAIL %s\n' "$1" >&2
    sed 's/^/    /' "$work/out" >&2
}
says() { # TEXT: a line of the last run holds it
    checks=$((checks + 1))
    grep -qF -- "$1" "$work/out" || bad "not said: $1"
}

# making the schema decides nothing about money, so it works here
run 0 fence
says 'no database is remembered'
run 0 migrate
run 0 fence
says 'timeline 1'
run 0 fence --json
says '"timeline":1}'

# what is wrong with the server is named, all of it
run 1 check
says 'FAIL fsync: off: committed money could be lost'
says 'FAIL full_page_writes: off: committed money could be lost'
says 'ok   synchronous_commit: on'
says 'ok   data_checksums: on'
says 'ok   primary'
says "ok   timeline: 1, in $work/timeline"
says 'ok   schema'
for mode in local off; do
    psql -X -q -d "$SMETKA_TEST_DATABASE" \
        -c "ALTER ROLE postgres SET synchronous_commit = $mode"
    run 1 check
    says "FAIL synchronous_commit: $mode: committed money could be lost"
done
psql -X -q -d "$SMETKA_TEST_DATABASE" \
    -c 'ALTER ROLE postgres RESET synchronous_commit'

# reading is allowed, writing of money is not
printf 'payment_code,amount,currency,paid_on\n' >"$work/payments.csv"
run 0 outbox list
run 0 export accounts
run 3 import payments "$work/payments.csv"
says 'is not durable: fsync is off (db.require_durable)'

# the memory: of another cluster until it is told to forget
printf 'smfence1\1\0\0\0\0\0\0\0\5\0\0\0' >"$work/other"
truncate -s 64 "$work/other"
mv "$work/other" "$work/timeline"
run 3 migrate
says 'than the one remembered (1)'
says 'smetka fence --forget'
run 1 check
says 'FAIL database: '
says 'ok   timeline: 5, in'
run 0 fence --forget
says 'no database is remembered'
run 0 migrate
run 0 fence
says 'timeline 1'

# a file that is none, and none at all
echo 5 >"$work/timeline"
run 1 migrate
says "db.timeline_file: $work/timeline: not a file of ours"
run 1 check
says 'FAIL timeline: db.timeline_file: '
sed -i 's/^db.timeline_file.*/db.timeline_file =/' "$work/conf"
run 1 check
says 'FAIL timeline: db.timeline_file is empty'
run 1 fence
says 'db.timeline_file is empty'

printf '%d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
