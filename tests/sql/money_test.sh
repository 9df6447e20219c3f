#!/usr/bin/env bash
# What an operator does about money, with the operator's program:
#   tests/support/pg.sh run tests/sql/money_test.sh SMETKA
set -euo pipefail
smetka=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
host=${SMETKA_TEST_DATABASE%% *}
key=$(printf '11%.0s' {1..32})
cat >"$work/conf" <<C
database = $host dbname=smetka
secret.lookup = $key
secret.seal = $key
stripe.base_url = http://127.0.0.1:1
stripe.secret_key = x
stripe.webhook_secret = x
C
checks=0 failures=0

ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$host dbname=smetka user=smetka_owner" -c "$1"; }
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

# a payment in each of the states that a person meets
psql -X -q -v ON_ERROR_STOP=1 -d "$host dbname=smetka user=smetka_owner" \
    -f "$here/fixture.inc" -f - <<'SQL'
SELECT t.account('m1') AS a, t.account('m2') AS b \gset
SELECT t.bill(:a, 'M-1', 1000, '2026-02-10'), t.bill(:b, 'M-2', 2000,
    '2026-02-10'), t.bill(:b, 'M-3', 500, '2026-03-10');
SELECT t.open('m1', 'h1'), t.open('m2', 'h2');
SELECT t.begin('h1', 'lost', 1000);
SELECT t.begin('h2', 'paid', 2500) AS p \gset
SELECT pay.apply('sandbox', 'e1', :'p', NULL, 'cs paid', 'captured', 2500,
    'RON', NULL, NULL, NULL, 'notify', NULL, t.at(3), 'pi paid');
SQL
lost=$(ask "SELECT id FROM pay.attempt WHERE state = 'open'")
paid=$(ask "SELECT id FROM pay.attempt WHERE state = 'settled'")

run 0 attempt show "$paid" --json
is 'its postings' "$(out '.postings | map(.amount_minor) | add')" 0
is 'its message' "$(out '.messages[-1].kind')" captured
run 0 attempt show "$paid"
run 1 attempt show 00000000-0000-0000-0000-000000000000
run 2 attempt show nonsense
run 2 attempt ponder "$paid"
# no processor of that name is open here
run 3 attempt ask "$lost"
is 'noted' "$(ask "SELECT unreachable_since IS NULL FROM pay.attempt
    WHERE id = '$lost'")" t

run 2 attempt resolve "$lost" paid
run 2 attempt resolve "$lost" perhaps --evidence 'statement of 12 March'
run 2 attempt resolve "$lost" paid --evidence 'statement' --amount 1,000.00
run 0 attempt resolve "$lost" paid --evidence 'bank statement of 12 March' \
    --reference 'cs lost' --json
is 'resolved' "$(out '.[0].outcome + .[0].state')" appliedsettled
is 'with its evidence' "$(ask "SELECT last_cause FROM pay.attempt
    WHERE id = '$lost'")" 'operator operator: bank statement of 12 March'
run 0 attempt resolve "$lost" not-paid --evidence 'a mistake, see above' --json
is 'money stays money' "$(out '.[0].outcome + .[0].state')" ignoredsettled

run 2 refund "$paid" --amount 1.00
run 1 refund "$paid" --amount 99.00 --note 'more than was paid'
run 0 refund "$paid" --amount 6.00 --note 'wrong bill, ticket 7' --json
is 'wanted' "$(out '.outcome + " " + .amount')" 'created 6.00 RON'
run 0 refund "$paid" --note 'once more by mistake' --json
is 'one at a time' "$(out .outcome)" same
run 0 refund list --json
is 'listed' "$(out '.[0].amount_minor')" 600
ask "SELECT pay.refund_apply('sandbox', 'r1', id, NULL, NULL, NULL, NULL, 're',
    'failed', 600, 'RON', 'closed card', 'notify', NULL, t.at(20))
    FROM pay.refund" >/dev/null
run 0 task list --json
is 'a person knows' "$(out '.[0].kind')" refund_failed
run 0 refund "$paid" --amount 2.00 --note 'by hand, ticket 9' --json
refund=$(out .refund)
run 2 refund resolve "$refund" made
run 2 refund resolve "$refund" perhaps --evidence 'their desk, 3 May'
run 2 refund resolve nonsense made --evidence 'their desk, 3 May'
# a sum or a verdict in the wrong place is no wish for all of it
run 2 refund "$paid" 2.00 --note 'by hand, ticket 9'
run 2 refund "$refund" failed --note 'by hand, ticket 9'
run 0 refund resolve "$refund" made --evidence 'their desk, 3 May' --json
is 'booked' "$(out '.outcome + .state')" appliedsucceeded
is 'with its evidence' "$(ask "SELECT last_cause FROM pay.refund
    WHERE id = '$refund'")" "operator operator: $refund succeeded their desk, 3 May"
run 0 refund resolve "$refund" failed --evidence 'it came back, 9 May' --json
is 'back again' "$(out '.outcome + .state')" appliedfailed
run 1 refund resolve "$refund" made --evidence 'it came back, 9 May' --json
is 'failed is the end' "$(out '.outcome + .state')" ignoredfailed
run 0 task list --json
task=$(out '.[0].id')
run 0 task done "$task" --note 'paid out in cash'
run 0 task list --json
task=$(out '.[0].id')
run 2 task done "$task"
run 0 task done "$task" --note 'customer got it in cash'
run 1 task done "$task" --note 'customer got it in cash'
run 0 task list --json
is 'none left' "$(out length)" 0
run 0 task list --all --json
is 'kept' "$(out '[.[].done_note] | sort | join("; ")')" \
    'customer got it in cash; paid out in cash'

cat >"$work/payout.csv" <<'C'
kind,ref,gross,fee
capture,pi paid,25.00,0.60
capture,cs lost,10.00,0.40
fee,,0,1.00
C
post() { # CODE FILE
    run "$1" reconcile payout "$2" --processor sandbox --reference po-1 \
        --currency RON --date 2026-03-12 --json
}
run 2 reconcile payout "$work/payout.csv"
sed 's/^fee/gift/' "$work/payout.csv" >"$work/bad.csv"
post 1 "$work/bad.csv"
sed 's/25.00/25.001/' "$work/payout.csv" >"$work/bad.csv"
post 1 "$work/bad.csv"
post 0 "$work/payout.csv"
is 'posted' "$(out .outcome)" applied
post 0 "$work/payout.csv"
is 'once' "$(out .outcome)" duplicate
is 'clearing is even' "$(ask "SELECT sum(amount_minor) FROM audit.ledger
    WHERE account = 'processor_clearing'")" 0
is 'at the bank' "$(ask "SELECT sum(amount_minor) FROM audit.ledger
    WHERE account = 'bank'")" 3300
run 2 reconcile everything
run 3 reconcile
run 0 sweep --json
is 'nothing due' "$(out .asked)" 0
# more than one batch, of a processor that is not open here
ask "INSERT INTO pay.attempt (intent_id, handle_hash, browser_hash, once_key,
    processor, amount_minor, currency, lang, created_at, changed_at,
    expires_at, next_ask_at)
    SELECT a.intent_id, a.handle_hash, a.browser_hash,
        convert_to('once key ' || i, 'UTF8'), a.processor, 1, 'RON', 'en',
        now(), now(), now() + interval '30 minutes', now()
    FROM pay.attempt AS a CROSS JOIN generate_series(1, 120) AS i
    WHERE a.id = '$paid'"
run 3 sweep --json
is 'every batch' "$(out '.asked + " " + .unanswered')" '120 120'
run 0 sweep --json
is 'not at once again' "$(out .asked)" 0

broken=$(psql -X -q -A -t -d "$host dbname=smetka user=smetka_owner" \
    -f "$here/invariants.inc" -c 'SELECT * FROM broken')
is 'the books' "$broken" ''
printf 'money: %d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
