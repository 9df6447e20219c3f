#!/usr/bin/env bash
# What the operator's program says of the chains of log-ins:
#   tests/support/pg.sh run tests/sql/audit_test.sh SMETKA
set -euo pipefail
smetka=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
host=${SMETKA_TEST_DATABASE%% *}
key=$(printf '11%.0s' {1..32})
printf '%s\n' "database = $host dbname=smetka" "secret.lookup = $key" \
    "secret.seal = $key" >"$work/conf"
checks=0 failures=0

ask() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 \
        -d "$host dbname=smetka user=smetka_owner" -c "$1"
}
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
run 0 audit verify --json
is 'no log-in yet' "$(out '[.logins, .events, .broken] | join(" ")')" '0 0 0'
run 2 audit look

# more log-ins than one batch
ask "INSERT INTO auth.login (email_key, email, password, language, source,
         created_at, password_at)
     SELECT sha256(g::text::bytea), g || '@x.ro', '\$argon2id\$', 'ro', 'web',
         now(), now() FROM generate_series(1, 501) AS g;
     SELECT auth.note(l.id, 'logged_in', 'Firefox', now())
     FROM auth.login AS l, generate_series(1, 3)" >/dev/null
run 0 audit verify
is 'all whole' "$(cat "$work/out")" 'log-ins: 501
events: 1503
broken chains: 0'
ask "ALTER TABLE auth.event DISABLE TRIGGER event_is_kept;
     UPDATE auth.event SET detail = 'Edge' WHERE seq = 2 AND login_id =
         (SELECT max(id) FROM auth.login);
     ALTER TABLE auth.event ENABLE TRIGGER event_is_kept"
run 1 audit verify --json
is 'one is broken' "$(out '.broken')" 1
is 'where' "$(out '.list[0] | "\(.seq) \(.problem)"')" '2 altered'
is 'whose' "$(out '.list[0].login')" "$(ask "SELECT replace(public_id::text,
    '-', '') FROM auth.login ORDER BY id DESC LIMIT 1")"
run 1 audit verify
is 'in words' "$(tail -n 1 "$work/out" | sed 's/log-in [0-9a-f]*/log-in X/')" \
    'broken: log-in X, event 2: altered'
[ "$failures" = 0 ] || exit 1
echo "ok: $checks checks"
