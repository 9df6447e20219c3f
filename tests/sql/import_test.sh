#!/usr/bin/env bash
# Imports end to end, with the operator's program and a database of its own:
#   tests/support/pg.sh run tests/sql/import_test.sh SMETKA
set -euo pipefail
smetka=$1
data=$(cd "$(dirname "$0")/../data" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
host=${SMETKA_TEST_DATABASE%% *}
key=$(printf '11%.0s' {1..32})
cat >"$work/conf" <<C
database = $host dbname=smetka
secret.lookup = $key
secret.seal = $key
company.sellers = *
C
checks=0 failures=0

psql_() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$SMETKA_TEST_DATABASE" "$@"; }
ask() { psql_ -c "$1"; }
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
said() { # WORDS: stderr of the last run holds them
    checks=$((checks + 1))
    grep -qF -- "$1" "$work/err" && return
    failures=$((failures + 1))
    printf 'FAIL not said: %s\n' "$1" >&2
    head -n 5 "$work/err" >&2
}
# a fingerprint of all that an import can change
state() {
    ask "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM (
        SELECT a::text FROM customer.account AS a
        UNION ALL SELECT p::text FROM customer.party AS p
        UNION ALL SELECT c::text FROM customer.contract AS c
        UNION ALL SELECT s::text FROM customer.supply_point AS s
        UNION ALL SELECT d::text FROM billing.document AS d
        UNION ALL SELECT l::text FROM billing.document_line AS l
        UNION ALL SELECT r::text FROM billing.document_register AS r
        UNION ALL SELECT o::text FROM billing.original AS o
        UNION ALL SELECT i::text FROM billing.open_item AS i
        UNION ALL SELECT b::text FROM billing.balance AS b
        UNION ALL SELECT r::text FROM billing.received AS r
        UNION ALL SELECT j::text FROM billing.journal_entry AS j
        UNION ALL SELECT f::text FROM billing.feed AS f
        UNION ALL SELECT r::text FROM meter.route AS r
        UNION ALL SELECT d::text FROM meter.route_dates AS d
        UNION ALL SELECT p::text FROM meter.place AS p
        UNION ALL SELECT m::text FROM meter.meter AS m
        UNION ALL SELECT g::text FROM meter.register AS g
        UNION ALL SELECT e::text FROM meter.reading AS e) AS t (t)"
}
# import CODE ARGUMENT...: the same once more changes nothing
twice() {
    local before
    run "$@"
    before=$(state)
    run "$@"
    is "again: $*" "$(state)" "$before"
}

# --- migrate: as a superuser first, for the roles ---------------------------
sed "s/^database = .*/& user=postgres/" "$work/conf" >"$work/super"
"$smetka" migrate --config "$work/super" >/dev/null 2>"$work/err" ||
    { cat "$work/err" >&2; exit 1; }
run 0 migrate --json
is 'second migration' "$(jq -c .migrations "$work/out")" '[]'
ask "UPDATE ops.migration SET sha256 = decode(repeat('00', 32), 'hex')
    WHERE name = '0001_ops.sql'; SELECT 1" >/dev/null
run 1 migrate
said 'was edited after'
psql_ -c "UPDATE ops.migration SET sha256 = decode('$(sha256sum \
    "$data/../../sql/migrations/0001_ops.sql" | cut -d' ' -f1)', 'hex')
    WHERE name = '0001_ops.sql'"
run 0 migrate

# --- accounts ---------------------------------------------------------------
run 0 import accounts "$data/accounts.csv" --dry-run
is 'dry run' "$(ask 'SELECT count(*) FROM customer.account')" 0
twice 0 import accounts "$data/accounts.csv"
is accounts "$(ask 'SELECT count(*) FROM customer.account')" 3
is points "$(ask 'SELECT count(*) FROM customer.supply_point')" 4
is 'no number in clear' "$(ask "SELECT count(*) FROM customer.party
    WHERE party::text LIKE '%1800101221144%'")" 0
sed '3s/175074752/175074751/; 2s/Popescu/Popa/' "$data/accounts.csv" \
    >"$work/bad.csv"
before=$(state)
run 1 import accounts "$work/bad.csv"
said 'line 3:'
is 'a bad line keeps all out' "$(state)" "$before"
sed '2s/Popescu/Popa/' "$data/accounts.csv" >"$work/new.csv"
run 0 import accounts "$work/new.csv" --json
is changed "$(jq .changed "$work/out")" 1
run 0 import accounts "$data/accounts.csv"
printf '%s\n' 'client_code,payment_code,name,contract,supply_point,meters' \
    '200009,ZZZZ12345678,"a\b ""c"" \N,;{}	tab",C-9,P-9,"m\1 m""2 m,3"' \
    >"$work/odd.csv"
twice 0 import accounts "$work/odd.csv"
is 'odd texts' "$(ask "SELECT p.name FROM customer.party AS p
    JOIN customer.account AS a ON a.party_id = p.id
    WHERE a.client_code = '200009'")" 'a\b "c" \N,;{}	tab'
is 'odd serials' "$(ask "SELECT array_to_string(meter_serials, '|')
    FROM customer.supply_point WHERE code = 'P-9'")" 'm\1|m"2|m,3'

# --- sellers and addresses ---------------------------------------------------
run 0 import sellers "$data/sellers.csv" --dry-run
is 'dry run' "$(ask 'SELECT count(*) FROM billing.seller')" 0
twice 0 import sellers "$data/sellers.csv"
is sellers "$(ask "SELECT string_agg(concat_ws(' ', tax_id, vat, region,
    country, phone, iban), '|' ORDER BY id) FROM billing.seller")" \
    '18547290 t RO-B RO +40213000000 RO49AAAA1B31007593840000|175074752 f BG'
sed 's/Str. Izvor 1/Str. Izvor 2/' "$data/sellers.csv" >"$work/sellers.csv"
run 0 import sellers "$work/sellers.csv" --json
is 'a seller changed' "$(jq -c '[.added, .changed]' "$work/out")" '[0,1]'
for line in 'RO2;X;yes;;;;;RO-ABCD;RO;;;' 'RO2;X;yes;;;;;Cluj;RO;;;' \
    'RO2;X;yes;;;;;;ro;;;' 'RO2;X;yes;;;;;;;;;' 'RO2;X;yes;;;;;;RO;;;RO49' \
    'RO2;X;maybe;;;;;;RO;;;' ';X;yes;;;;;;RO;;;'; do
    printf '%s\n' "$(head -n 1 "$data/sellers.csv")" "$line" \
        >"$work/sellers.csv"
    run 1 import sellers "$work/sellers.csv"
    said 'line 2:'
done
printf '%s\n' 'seller,name,country' 'RO2,X,RO' 'RO 2,Y,RO' \
    >"$work/sellers.csv"
run 1 import sellers "$work/sellers.csv"
said 'line 3: the same seller stands on an earlier line'
printf '%s\n' 'client_code,payment_code,name,street,city,region,country' \
    '200010,ZZZZ12345679,D,Str. A 1,Cluj,RO-CJ,RO' >"$work/place.csv"
twice 0 import accounts "$work/place.csv"
sed -i 's/Str. A 1/Str. A 2/' "$work/place.csv"
run 0 import accounts "$work/place.csv" --json
is 'an address changed' "$(jq .changed "$work/out")" 1
is 'the address' "$(ask "SELECT concat_ws('|', street, city, region, country)
    FROM customer.party WHERE name = 'D'")" 'Str. A 2|Cluj|RO-CJ|RO'
printf '%s\n' 'client_code,payment_code,name,contract,street' \
    '200011,ZZZZ12345670,E,C-10,A' '200011,ZZZZ12345670,E,C-11,B' \
    >"$work/place.csv"
run 1 import accounts "$work/place.csv"
said 'line 3:'

# --- e-invoices -------------------------------------------------------------
run 0 import invoices "$data/einvoice" --account ABCD12345679 --dry-run
is 'dry run' "$(ask 'SELECT count(*) FROM billing.document')" 0
run 1 import invoices "$data/einvoice"
said 'no account has this payment reference'
is 'found by itself' "$(ask "SELECT d.number FROM billing.document AS d
    JOIN customer.account AS a ON a.id = d.account_id
    WHERE a.client_code = '200001'")" EE26-000123
printf 'buyer,payment_code\n10202,ABCD12345679\n' >"$work/map.csv"
run 1 import invoices "$data/einvoice" --map "$work/map.csv"
twice 0 import invoices "$data/einvoice" --account ABCD12345679
is documents "$(ask 'SELECT count(*) FROM billing.document')" 6
is 'bytes are kept' "$(ask "SELECT encode(sha256(o.body), 'hex')
    FROM billing.original AS o JOIN billing.document AS d
    ON d.id = o.document_id WHERE d.number = 'EE26-000123'")" \
    "$(sha256sum "$data/einvoice/own-minimal-utility-ro.xml" | cut -d' ' -f1)"
is 'the place is known' "$(ask "SELECT c.number || ' ' || p.code
    FROM billing.document AS d JOIN customer.contract AS c
    ON c.id = d.contract_id JOIN customer.supply_point AS p
    ON p.id = d.supply_point_id WHERE d.number = 'EE26-000123'")" \
    "$(ask "SELECT c.number || ' ' || p.code FROM customer.contract AS c
        JOIN customer.supply_point AS p ON p.contract_id = c.id
        JOIN customer.account AS a ON a.id = c.account_id
        WHERE a.client_code = '200001' AND c.number = 'C-100200300'")"
is 'its line' "$(ask "SELECT l.kind, l.tax_category, l.price_micro
    FROM billing.document_line AS l JOIN billing.document AS d
    ON d.id = l.document_id WHERE d.number = 'EE26-000123'")" 'use|S|650000'
is 'its register' "$(ask "SELECT r.no, r.line_no, r.unit, r.old_milli,
    r.new_milli, r.quantity_milli, r.factor_milli, r.new_read
    FROM billing.document_register AS r JOIN billing.document AS d
    ON d.id = r.document_id WHERE d.number = 'EE26-000123'")" \
    '1|1|KWH|10500000|10700000|200000|1000|'
is 'registers of others' "$(ask 'SELECT count(*)
    FROM billing.document_register')" 1
is 'a credit note lowers' "$(ask "SELECT sum(open_minor)
    FROM billing.open_item WHERE currency = 'EUR'")" $((124600 + 25033 - 10011))
is 'no credit is left' "$(ask 'SELECT sum(credit_minor)
    FROM billing.balance')" 0
is 'the company waits' "$(ask "SELECT due_on - issued_on
    FROM billing.document WHERE number = '1316/85'")" 15
sed 's/Popescu Ion/Popescu Dan/' "$data/einvoice/own-minimal-utility-ro.xml" \
    >"$work/other.xml"
run 1 import invoices "$work/other.xml"
said 'with other content'
sed 's/157.30<\/cbc:Pay/157.31<\/cbc:Pay/; s/EE26-000123/EE26-000124/' \
    "$data/einvoice/own-minimal-utility-ro.xml" >"$work/other.xml"
run 1 import invoices "$work/other.xml"
said '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount'
sed -i 's/^company.sellers.*/company.sellers = RO14399840/' "$work/conf"
sed -i 's/157.31<\/cbc:Pay/157.30<\/cbc:Pay/' "$work/other.xml"
run 1 import invoices "$work/other.xml"
said 'company.sellers'
run 0 import invoices "$work/other.xml" --any-seller
sed -i 's/^company.sellers.*/company.sellers = */' "$work/conf"

# what a register says is cut, never a reason to refuse the invoice
long=$(printf 'ș%.0s' {1..70})
sed "s/EE26-000123/EE26-000125/; s/Index vechi/Data index nou/
    s/>10500</>2026-08-31</; s/<cac:AdditionalItemProperty>/<cac:AdditionalItemProperty>\
<cbc:Name>Index vechi<\/cbc:Name><cbc:Value>10500,5<\/cbc:Value><\/cac:AdditionalItemProperty>\
<cac:AdditionalItemProperty><cbc:Name>Citire veche<\/cbc:Name><cbc:Value>01.09.2026, estimat<\/cbc:Value>\
<\/cac:AdditionalItemProperty><cac:AdditionalItemProperty><cbc:Name>Contor<\/cbc:Name>\
<cbc:Value>$long<\/cbc:Value><\/cac:AdditionalItemProperty><cac:AdditionalItemProperty>/; " \
    "$data/einvoice/own-minimal-utility-ro.xml" >"$work/other.xml"
sed -i 's/>0.65</>65.00</; s/\(65.00<\/cbc:PriceAmount>\)/\1<cbc:BaseQuantity unitCode="KWH">100<\/cbc:BaseQuantity>/' "$work/other.xml"
run 0 import invoices "$work/other.xml"
is 'odd register' "$(ask "SELECT r.old_milli, r.old_on, r.new_on, r.old_read,
    length(r.meter), l.price_micro FROM billing.document_register AS r
    JOIN billing.document AS d ON d.id = r.document_id
    JOIN billing.document_line AS l ON l.document_id = d.id
    WHERE d.number = 'EE26-000125'")" '10500500|||estimated|60|650000'

# --- invoices and payments as CSV -------------------------------------------
before=$(state)
run 1 import invoices "$data/invoices-bad.csv"
said 'line 3:'
said 'line 5:'
is 'one bad record keeps nothing' "$(state)" "$before"
run 1 import invoices "$data/invoices-bad.csv" --keep-good --json
is 'the good are kept' "$(jq -c '[.added, .refused, .kept]' "$work/out")" \
    '[2,2,true]'
twice 0 import invoices "$data/invoices.csv"
printf '%s\n' 'seller,number,currency,issued_on,net,tax,client_code,contract,supply_point,description,quantity,unit,meter,old_index,new_index,read' \
    'RO18547290,R-1,RON,2026-07-01,10.00,2.10,200002,,,Apă,10,MTQ,W-7,100,110.5,self_read' \
    'RO18547290,R-2,RON,2026-07-01,10.00,2.10,200002,C-3,,,,,,1,2,' \
    'RO18547290,R-3,RON,2026-07-01,10.00,2.10,200001,,,Apă,10,MTQ,W-7,,,' \
    'RO18547290,R-4,RON,2026-07-01,10.00,2.10,200002,C-2,P9,,,,,,,' \
    >"$work/index.csv"
twice 0 import invoices "$work/index.csv"
is 'registers of a table' "$(ask "SELECT string_agg(format('%s %s %s %s %s %s %s',
    d.number, r.line_no, r.meter, r.new_milli, r.quantity_milli, r.unit,
    r.new_read), ';' ORDER BY d.number)
    FROM billing.document_register AS r
    JOIN billing.document AS d ON d.id = r.document_id
    WHERE d.number LIKE 'R-_'")" \
    'R-1 1 W-7 110500 10000 MTQ self_read;R-2   2000 1000 C62 '
for bad in 's/,110.5,/,,/' 's/,110.5,/,1x,/' 's/self_read/guessed/'; do
    sed "$bad; s/R-/Q-/" "$work/index.csv" >"$work/bad.csv"
    run 1 import invoices "$work/bad.csv"
    said 'line 2:'
done
# the supply point that the document names, or the only one there
is 'which point' "$(ask "SELECT string_agg(format('%s %s %s', d.number,
    (SELECT c.number FROM customer.contract AS c WHERE c.id = d.contract_id),
    (SELECT p.code FROM customer.supply_point AS p
        WHERE p.id = d.supply_point_id)), ';' ORDER BY d.number)
    FROM billing.document AS d WHERE d.number LIKE 'R-_'")" \
    'R-1  ;R-2 C-3 P3;R-3 C-100200300 RO001E100200300;R-4 C-2 '
before=$(state)
run 0 import payments "$data/payments.csv" --dry-run
is 'dry run' "$(state)" "$before"
twice 0 import payments "$data/payments.csv"
is 'the named invoice is paid first' "$(ask "SELECT i.open_minor
    FROM billing.open_item AS i JOIN billing.document AS d
    ON d.id = i.document_id WHERE d.number = 'W-2'")" 0
is 'too much becomes credit' "$(ask "SELECT b.credit_minor
    FROM billing.balance AS b JOIN customer.account AS a
    ON a.id = b.account_id WHERE a.client_code = '200003'")" 8950
is 'the journal is even' "$(ask 'SELECT count(*) FROM (SELECT
    FROM billing.journal_entry GROUP BY txn_id, currency
    HAVING sum(amount_minor) <> 0) AS t')" 0
sed 's/150.00/151.00/' "$data/payments.csv" >"$work/pay.csv"
run 1 import payments "$work/pay.csv"
said 'taken in with other content'

# --- routes and meters -------------------------------------------------------
feed=$(ask 'SELECT max(as_of) FROM billing.feed')
run 1 import meters "$data/meters.csv"
said 'no such route'
twice 0 import routes "$data/routes.csv"
is 'routes' "$(ask 'SELECT count(*) FROM meter.route')" 2
is 'dates' "$(ask 'SELECT count(*) FROM meter.route_dates')" 2
sed 's/,25,5,/,26,5,/' "$data/routes.csv" >"$work/routes.csv"
run 0 import routes "$work/routes.csv" --json
is 'a route changed' "$(jq -c '[.added, .changed]' "$work/out")" '[0,1]'
bad_routes() { # LINE...: each is refused
    local line
    for line in "$@"; do
        printf '%s\n' "$(head -n 1 "$data/routes.csv")" "$line" \
            >"$work/routes.csv"
        run 1 import routes "$work/routes.csv"
        said 'line 2:'
    done
}
bad_routes 'X,25,,,,self,,,' 'X,32,5,,,self,,,' 'X,1,5,,,mind,,,' \
    'X,1,5,,,,,,' 'X,,,2026-02-01,,self,,,' \
    'X,,,2026-02-02,2026-02-01,self,,,' 'X,1,5,,,self,61,,'
sed '4s/visit/self/' "$data/routes.csv" >"$work/routes.csv"
run 1 import routes "$work/routes.csv"
said 'line 4: the same route stands on an earlier line'
before=$(state)
run 0 import meters "$data/meters.csv" --dry-run
is 'dry run' "$(state)" "$before"
twice 0 import meters "$data/meters.csv"
is 'meters' "$(ask 'SELECT count(*) FROM meter.meter')" 4
is 'registers' "$(ask 'SELECT count(*) FROM meter.register')" 5
is 'readings' "$(ask 'SELECT count(*) FROM meter.reading')" 6
is 'as they come again' "$(run 0 import meters "$data/meters.csv" --json
    jq -c '[.added, .changed, .same]' "$work/out")" '[0,0,7]'
is 'the bill that used it' "$(ask "SELECT d.number FROM meter.reading AS g
    JOIN billing.document AS d ON d.id = g.document_id
    WHERE g.value_milli = 10700000")" EE26-000123
is 'replaced' "$(ask "SELECT n.serial FROM meter.meter AS m
    JOIN meter.meter AS n ON n.id = m.replaced_by
    WHERE m.serial = 'W 7/1'")" W8
is 'as it is looked up' "$(ask "SELECT serial_key FROM meter.meter
    WHERE serial = 'W 7/1'")" W71
is 'unit and factor' "$(ask "SELECT r.unit, r.factor_milli
    FROM meter.register AS r JOIN meter.meter AS m ON m.id = r.meter_id
    WHERE m.serial = 'B-1'")" 'MTQ|40000'
is 'a bill page''s date is not about meters' "$(ask 'SELECT max(as_of)
    FROM billing.feed')" "$feed"
sed '5s/,no,/,yes,/' "$data/meters.csv" >"$work/meters.csv"
run 0 import meters "$work/meters.csv" --json
is 'billed later' "$(jq -c '[.added, .changed]' "$work/out")" '[0,1]'
is 'billed' "$(ask "SELECT count(*) FROM meter.reading WHERE billed")" 4
# bad_meters LINE SED WORDS: that change of the file is refused there
bad_meters() {
    sed "$1$2" "$data/meters.csv" >"$work/meters.csv"
    before=$(state)
    run 1 import meters "$work/meters.csv"
    said "line $1: $3"
    is "nothing of $2" "$(state)" "$before"
}
bad_meters 2 's/RO001E100200300/RO002/' 'no such supply_point'
bad_meters 6 's/C-2/C-3/' 'no such supply_point'
bad_meters 2 's/E-1/E-9/' 'no such route'
bad_meters 3 's/EE26-000123/EE26-9/' 'the account has no such invoice'
bad_meters 3 's/2026-08-31/2026-07-31/' 'a reading of that day stands on'
bad_meters 3 's/10700/10701/' 'a reading of that day was taken in with'
bad_meters 3 's/2026-08-31,10700/2026-09-30,10499/' 'an index is lower'
bad_meters 3 's/,6,0,/,5,0,/' 'the register exists with another'
bad_meters 7 's/,water,/,gas,/' 'the meter exists as one of another kind'
bad_meters 8 's/,5,0,/,6,0,/;8s/P3,C-3,B-1/P2,C-2,W8/' \
    'the register exists with another'
bad_meters 6 's/123.456/123456/' 'value does not fit'
bad_meters 6 's/123.456/1.2345/' 'value is not an index'
bad_meters 6 's/123.456/-1/' 'value is not an index'
bad_meters 6 's/123.456//' 'read_on and value come together'
bad_meters 6 's/2026-03-01,W8/,W8/' 'a meter that was replaced needs'
bad_meters 6 's/2026-02-28/2999-02-28/' 'read_on is after today'
bad_meters 8 's/,40,/,0,/' 'factor is not a number'
bad_meters 8 's/,5,0,/,10,0,/' 'a number is not whole'
bad_meters 8 's/,5,0,/,,0,/' 'a required field is empty'
bad_meters 8 's/,,,,$/,,,yes,/' 'billed and invoice are of a value'
sed '3s/10700/10701/' "$data/meters.csv" >"$work/meters.csv"
printf 'P3,C-3,B-1,water,,,,,1,,,5,0,40,2026-05-01,7,read,,\n' \
    >>"$work/meters.csv"
run 1 import meters "$work/meters.csv" --keep-good --json
is 'the good are kept' "$(jq -c '[.added, .refused, .kept]' "$work/out")" \
    '[1,1,true]'

# --- the demonstration company is the same each time ------------------------
for dir in a b; do
    run 0 demo-data --out "$work/$dir" --customers 24 --months 4 \
        --until 2026-09-20
done
is 'same demo' "$(diff -r "$work/a" "$work/b" && echo same)" same
twice 0 import sellers "$work/a/sellers.csv"
twice 0 import accounts "$work/a/accounts.csv"
twice 0 import invoices "$work/a/invoices.csv"
twice 0 import invoices "$work/a/einvoice"
twice 0 import payments "$work/a/payments.csv"
twice 0 import routes "$work/a/routes.csv"
twice 0 import meters "$work/a/meters.csv"
is 'bills and dials agree' "$(ask "SELECT count(*), count(*) FILTER (WHERE
        u.used <> u.billed) FROM (
    SELECT g.document_id, sum(g.value_milli - b.value_milli) / 1000 AS used,
        (SELECT sum(l.quantity_micro) / 1000000
            FROM billing.document_line AS l
            WHERE l.document_id = g.document_id
                AND l.line_no = 1) AS billed
    FROM meter.reading AS g
    JOIN meter.register AS r ON r.id = g.register_id AND r.kind <> 'export'
    JOIN billing.document AS d ON d.id = g.document_id
        AND d.number ~ '^(EL|AQ)'
    CROSS JOIN LATERAL (SELECT x.value_milli FROM meter.reading AS x
        WHERE x.register_id = g.register_id AND x.read_on < g.read_on
        ORDER BY x.read_on DESC LIMIT 1) AS b
    GROUP BY g.document_id) AS u")" \
    "$(ask "SELECT count(*) FROM billing.document
        WHERE number ~ '^(EL|AQ)'")|0"
is 'one feeds in' "$(ask "SELECT count(*) > 0 FROM meter.register
    WHERE kind = 'export'")" t
demo="d.number ~ '^(EL|AQ)[0-9]{4}-'"
is 'each index follows the last' "$(ask "SELECT count(*) FROM (SELECT
    r.old_milli, lag(r.new_milli) OVER w AS last, r.new_milli, r.quantity_milli
    FROM billing.document_register AS r JOIN billing.document AS d
    ON d.id = r.document_id WHERE $demo
    WINDOW w AS (PARTITION BY r.meter ORDER BY d.period_to)) AS t
    WHERE t.old_milli <> t.last
        OR t.new_milli - t.old_milli <> t.quantity_milli")" 0
is 'lines are as their unit says' "$(ask "SELECT string_agg(DISTINCT
    l.unit || ' ' || l.kind, ',' ORDER BY l.unit || ' ' || l.kind)
    FROM billing.document_line AS l JOIN billing.document AS d
    ON d.id = l.document_id WHERE $demo")" 'DAY fixed,KWH use,MTQ use'
is 'lines multiply' "$(ask "SELECT count(*) FROM billing.document_line AS l
    JOIN billing.document AS d ON d.id = l.document_id
    WHERE $demo AND l.price_micro IS NOT NULL AND abs(l.net_minor * 10000000000.0
        - l.quantity_micro::numeric * l.price_micro) > 5000000000")" 0
is 'days are those of the period' "$(ask "SELECT count(*)
    FROM billing.document_line AS l
    JOIN billing.document AS d ON d.id = l.document_id
    WHERE l.kind = 'fixed' AND l.quantity_micro
        <> (d.period_to - d.period_from + 1) * 1000000::bigint")" 0
is 'some are estimated' "$(ask "SELECT count(DISTINCT r.new_read)
    FROM billing.document_register AS r")" 3
is 'each has its supply point' "$(ask "SELECT count(*)
    FROM billing.document AS d WHERE $demo AND d.supply_point_id IS NULL")" 0
run 2 import weather x.csv
run 2 import accounts
run 1 import accounts "$work/none.csv"

printf 'import: %d checks, %d failed\n' "$checks" "$failures"
[ "$failures" = 0 ]
