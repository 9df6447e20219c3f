#!/usr/bin/env bash
# What several sessions do at the same moment.  Called by run with a prepared
# database: concurrent.sh DATABASE
set -euo pipefail
db=$1
owner() { psql -X -q -A -t -v ON_ERROR_STOP=1 -U smetka_owner -d "$db" "$@"; }

# equal WHAT GOT WANT
equal() {
    [ "$2" = "$3" ] || { echo "$1: got $2, not $3" >&2; exit 1; }
}

# Run each argument in a session of its own; all wait for one lock, so they
# set off together.
together() {
    local sql pids=() pid
    owner -c 'BEGIN' -c 'SELECT pg_advisory_xact_lock(42)' \
        -c 'SELECT pg_sleep(0.4)' -c 'COMMIT' >/dev/null &
    pids+=($!)
    sleep 0.15
    for sql in "$@"; do
        owner -c 'SELECT pg_advisory_lock_shared(42)' -c "$sql" >/dev/null &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid"; done
}

owner >/dev/null <<'SQL'
SELECT t.bill(t.account('z1'), 'Z-1', 1000, '2026-03-20'),
    t.bill(t.account('z2'), 'Z-2', 1000, '2026-03-20'), t.account('z3');
SELECT t.open('z1', 'zh1'), t.open('z1', 'zh2', 'x'), t.open('z2', 'zh3');
SELECT t.begin('zh1', 'zk1', 1000),
    t.begin('zh2', 'zk2', 1000, p_browser => 'x');
SQL
attempt() { owner -c "SELECT id FROM pay.attempt WHERE once_key = t.h('$1')"; }

# two attempts for one bill, captured at the same moment
together "SELECT t.apply('$(attempt zk1)', 'z1', 'captured', 1000)" \
    "SELECT t.apply('$(attempt zk2)', 'z2', 'captured', 1000)"
equal 'two captures' "$(owner -c "SELECT count(*), sum(s.credit_minor),
    count(*) FILTER (WHERE s.duplicate) FROM pay.settlement AS s")" '2|1000|1'

# the same message ten times
owner -c "SELECT t.open('z2', 'zh4', 'y')" >/dev/null
pay=$(owner -c "SELECT t.begin('zh4', 'zk4', 1000, p_browser => 'y')")
same=()
for _ in 1 2 3 4 5 6 7 8 9 10; do
    same+=("SELECT t.apply('$pay', 'z4', 'captured', 1000)")
done
together "${same[@]}"
equal 'one message' "$(owner -c "SELECT count(*) FROM pay.settlement AS s
    WHERE s.payment_id = '$pay'")" 1

# the same money told in different messages
owner -c "SELECT t.open('z2', 'zh6', 'w'), t.bill((SELECT id
    FROM customer.account WHERE payment_code_hash = t.h('z2')), 'Z-6', 900,
    '2026-03-20')" >/dev/null
pay=$(owner -c "SELECT t.begin('zh6', 'zk6', 900, p_browser => 'w')")
same=()
for n in 1 2 3 4 5 6; do
    same+=("SELECT t.apply('$pay', 'z6 $n', 'captured', 900)")
done
together "${same[@]}"
equal 'one settlement' "$(owner -c "SELECT count(*) FILTER
    (WHERE outcome = 'applied'), count(*) FILTER (WHERE outcome = 'ignored')
    FROM pay.processor_event
    WHERE payment_id = '$pay' AND kind = 'captured'")" '1|5'

# a refund made at the processor, told in different messages at once
same=()
for n in 1 2 3 4 5 6; do
    same+=("SELECT pay.refund_apply('sandbox', 'zr $n', NULL, '$pay', NULL,
        NULL, NULL, 're z6', 'succeeded', 300, 'RON', NULL, 'notify', NULL,
        t.at(9))")
done
together "${same[@]}"
equal 'one refund' "$(owner -c "SELECT count(*), sum(r.amount_minor)
    FROM pay.refund AS r WHERE r.payment_id = '$pay'")" '1|300'

# a dispute of money that was put aside, likewise
owner -c "SELECT t.apply(NULL, 'z0', 'captured', 500, p_ref => 'cs z0')" \
    >/dev/null
same=()
for n in 1 2 3 4 5 6; do
    same+=("SELECT pay.dispute_apply('sandbox', 'zd $n', NULL, NULL, 'cs z0',
        NULL, 'dp z0', 'open', 500, 0, 'RON', 'notify', NULL, t.at(9))")
done
together "${same[@]}"
equal 'one dispute' "$(owner -c "SELECT count(*) FROM pay.dispute AS d
    WHERE d.processor_ref = 'dp z0'")" 1

# a double click: ten starts with one key, then ten keys at once
owner -c "SELECT t.bill((SELECT id FROM customer.account
    WHERE payment_code_hash = t.h('z3')), 'Z-3', 1000, '2026-03-20'),
    t.open('z3', 'zh5')" >/dev/null
same=()
for n in 1 2 3 4 5 6 7 8 9 10; do
    same+=("SELECT t.start('zh5', 'zm$((n % 5))', 1000)")
done
together "${same[@]}"
equal 'ten starts' "$(owner -c "SELECT count(*) FROM pay.attempt AS a
    WHERE a.handle_hash = t.h('zh5')")" 1

# two tabs of one browser, each with a bill of the same code: the second start
# waits for the first and sees it
owner -c "SELECT t.bill(t.account('z7'), 'Z-7', 1000, '2026-03-20'),
    t.open('z7', 'zt1'), t.open('z7', 'zt2')" >/dev/null
owner -c 'BEGIN' -c "SELECT t.start('zt1', 'zu1', 1000)" \
    -c 'SELECT pg_sleep(0.6)' -c 'COMMIT' >/dev/null &
sleep 0.2
equal 'two tabs' "$(owner -c "SELECT outcome
    FROM t.start('zt2', 'zu2', 1000)")" busy
wait

# a budget counts every look-up: twelve at once, two are past the tenth
same=()
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
    same+=("SELECT pay.guest_open(t.h('z3'), t.h('zb$n'), t.h('b'),
        t.h('zadr'), 'p@example.com', t.h('p'), 'ro', t.h('zs$n'), NULL,
        '{}', t.at(0))")
done
together "${same[@]}"
equal 'budget' "$(owner -c "SELECT count(*) FILTER (WHERE outcome = 'ok'),
    count(*) FILTER (WHERE outcome = 'step_up') FROM log.lookup
    WHERE address_hash = t.h('zadr')")" '10|2'

# two sweeps at once: each attempt to one of them
owner -c "UPDATE pay.attempt SET next_ask_at = t.at(1) WHERE final_at IS NULL" \
    -c "CREATE TABLE t.claimed (payment_id uuid)" >/dev/null
together "INSERT INTO t.claimed SELECT payment_id
    FROM pay.sweep_claim(9, 30, t.at(9))" \
    "INSERT INTO t.claimed SELECT payment_id
    FROM pay.sweep_claim(9, 30, t.at(9))"
equal 'sweeps' "$(owner -c 'SELECT count(*) - count(DISTINCT payment_id),
    count(*) > 0 FROM t.claimed')" '0|t'

# a sweep does not wait for an attempt that somebody else works on
owner \
    -c 'UPDATE pay.attempt SET next_ask_at = t.at(10) WHERE final_at IS NULL' \
    -c 'BEGIN' -c 'SELECT FROM pay.attempt WHERE final_at IS NULL FOR UPDATE' \
    -c 'SELECT pg_sleep(0.6)' -c 'COMMIT' >/dev/null &
sleep 0.2
equal 'locked elsewhere' "$(owner -c "SET lock_timeout = '100ms'" \
    -c 'SELECT count(*) FROM pay.sweep_claim(9, 30, t.at(11))')" 0
wait

# one form sent ten times, then ten forms at once: a version each, one counts
owner -f "$(dirname "$0")/meter.inc" >/dev/null
owner >/dev/null <<'SQL'
SELECT t.meter(t.account('zm'), 'ZM', t.route('ZR', 5, 20));
UPDATE customer.account SET client_code_hash = t.h('zclient')
    WHERE payment_code_hash = t.h('zm');
SQL
account=$(owner -c "SELECT id FROM customer.account
    WHERE payment_code_hash = t.h('zm')")
meter=$(owner -c "SELECT public_id FROM meter.meter WHERE serial = 'ZM'")
same=()
for n in 1 2 3 4 5 6 7 8 9 10; do
    same+=("SELECT t.send($account, '$meter', '{100}', 'zsame')")
done
together "${same[@]}"
equal 'one submission' "$(owner -c "SELECT count(*), count(DISTINCT reference)
    FROM meter.submission AS s JOIN meter.meter AS m ON m.id = s.meter_id
    WHERE m.serial = 'ZM'")" '1|1'
same=()
for n in 1 2 3 4 5 6 7 8 9 10; do
    same+=("SELECT t.send($account, '$meter', '{10$n}', 'zkey$n')")
done
together "${same[@]}"
equal 'versions' "$(owner -c "SELECT count(*),
    count(*) FILTER (WHERE state = 'accepted'), count(DISTINCT corrects)
    FROM meter.reading")" '11|1|10'

# a person approves while the customer corrects: one of them is told so
owner -c "SELECT meter.guest_submit(t.h('zclient'), 'ZM', '{100000}',
    '2026-03-10', t.h('zg'), t.h('b'), t.h('zguest'), '{}', t.at(0))" \
    -c "SELECT meter.inbox_take(9, t.at(1))" >/dev/null
review=$(owner -c "SELECT id FROM ops.review WHERE state = 'open'")
together "SELECT ops.review_decide($review, 'refused', 'Ana', 'given', t.at(2))" \
    "SELECT t.send($account, '$meter', '{120}', 'zlast')"
equal 'decided or withdrawn' "$(owner -c "SELECT v.state IN ('refused',
    'withdrawn'), (SELECT string_agg(g.state::text, ' ')
        FROM meter.reading AS g WHERE g.source = 'guest')
        = CASE v.state WHEN 'refused' THEN 'refused' ELSE 'replaced' END
    FROM ops.review AS v WHERE v.id = $review")" 't|t'

# the inbox is taken by two at once: each to one of them
same=()
for n in 1 2 3 4 5 6; do
    same+=("SELECT meter.guest_submit(t.h('zclient$n'), 'ZM', '{1000}',
        '2026-03-10', t.h('zg$n'), t.h('b'), t.h('zguest$n'), '{}', t.at(0))")
done
together "${same[@]}" "${same[@]}"
owner -c 'CREATE TABLE t.taken (n integer)' >/dev/null
together 'INSERT INTO t.taken SELECT meter.inbox_take(9, t.at(1))' \
    'INSERT INTO t.taken SELECT meter.inbox_take(9, t.at(1))'
equal 'taken' "$(owner -c 'SELECT sum(n) FROM t.taken')" 6
