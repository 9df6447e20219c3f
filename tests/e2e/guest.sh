#!/usr/bin/env bash
# A guest without a browser: pays what CODE owes in CURRENCY and prints the
# shown state of the payment.
#   guest.sh STATE_DIR CODE EMAIL [CURRENCY]
set -eu
. "$1/stack.env"
code=$2 email=$3 currency=${4:-}
jar=$(mktemp) page=$(mktemp)
trap 'rm -f "$jar" "$page"' EXIT
web() { curl -sS --cacert "$CA" -b "$jar" -c "$jar" "$@"; }
field() { # NAME: the value of a hidden field of the page
    grep -o "name=\"$1\" value=\"[^\"]*\"" "$page" | head -n 1 |
        sed 's/.*value="//; s/"$//'
}
web "$SITE/en/pay" >"$page"
bill=$(web -o /dev/null -w '%{redirect_url}' -H "Origin: $SITE" \
    --data-urlencode "csrf=$(field csrf)" -d website= \
    --data-urlencode "payment_code=$code" --data-urlencode "email=$email" \
    "$SITE/en/pay")
web "$bill" >"$page"
# the form of that currency, if the code owes in several
if [ -n "$currency" ]; then
    awk -v c="value=\"$currency\"" 'BEGIN { RS = "</form>" } index($0, c)' \
        "$page" >"$page.form"
    mv "$page.form" "$page"
fi
pay=$(web -o /dev/null -w '%{redirect_url}' -H "Origin: $SITE" \
    --data-urlencode "csrf=$(field csrf)" -d website= -d choice=total \
    -d "currency=$(field currency)" -d "once_key=$(field once_key)" \
    -d "shown_minor=$(field shown_minor)" \
    -d "current_minor=$(field current_minor)" "$bill/start")
back=$(web -o /dev/null -w '%{redirect_url}' -H "Origin: $SANDBOX" \
    -d csrf=sandbox -d 'card=4242 4242 4242 4242' -d action=pay "$pay")
status=$(web -o /dev/null -w '%{redirect_url}' "$back")
for _ in 1 2 3 4 5 6 7 8 9 10; do
    web "$status" >"$page"
    state=$(sed -n 's/.*data-payment-state="\([a-z_]*\)".*/\1/p' "$page")
    [ "$state" = settled ] && break
    sleep 0.5
done
echo "$state $(basename "$status")"
