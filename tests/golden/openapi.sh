#!/bin/sh
# Each route of PORTAL below /api stands in FILE, and nothing else does:
#   tests/golden/openapi.sh PORTAL FILE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" --routes --json | jq -r '.[].path | select(startswith("/api/"))' |
    sort >"$work/want"
sed -n 's|^  \(/.*\):$|\1|p' "$2" | sort >"$work/have"
test -s "$work/want"
diff -u "$work/want" "$work/have"
