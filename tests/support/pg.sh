#!/usr/bin/env bash
# A throw-away PostgreSQL for tests: unix socket only, nothing is synced.
#   pg.sh start DIR        start one below DIR, print its conninfo
#   pg.sh stop DIR         stop it (immediately) and keep the files
#   pg.sh restart DIR      stop it as an operator would (-m fast), start again
#   pg.sh drop DIR         stop it and remove DIR
#   pg.sh standby DIR FROM start below DIR a standby of the one below FROM,
#                          named after DIR's last part; print its conninfo
#   pg.sh promote DIR      make a standby a primary
#   pg.sh kill DIR         kill -9 its postmaster, wait until all have gone
#   pg.sh freeze DIR       SIGSTOP to all its processes; thaw wakes them
#   pg.sh run COMMAND...   start one, run COMMAND with SMETKA_TEST_DATABASE set
#                          (and SMETKA_TEST_SERVER = its DIR), drop it
# PGOPTS adds settings, as in PGOPTS="-c max_connections=10".  Run by root it
# becomes the user postgres.  An initialised cluster is kept for the next time
# in SMETKA_TEST_CACHE (default: a private folder below /tmp).
set -euo pipefail

die() {
    printf '%s\n' "pg.sh: $*" >&2
    exit 1
}

bin=$(pg_config --bindir 2>/dev/null) || bin=
[ -x "$bin/initdb" ] || bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | tail -1)
[ -x "$bin/initdb" ] || die "initdb is not installed"

if [ "$(id -u)" = 0 ]; then
    owner=postgres
    as_owner() {
        setpriv --reuid="$owner" --regid="$owner" --init-groups --reset-env \
            -- env LC_ALL=C.UTF-8 "$@"
    }
else
    owner=$(id -un)
    as_owner() { LC_ALL=C.UTF-8 "$@"; }
fi
version=$("$bin/postgres" -V | cut -d' ' -f3)
cache=${SMETKA_TEST_CACHE:-/tmp/smetka-test-$owner-$version-wal1}

# Print the folder of an initialised cluster, made on first use.  It is built
# aside and renamed, so that two tests may ask at once.
template() {
    local made
    if [ ! -d "$cache" ]; then
        made=$(mktemp -d "$cache.XXXXXX")
        chown "$owner" "$made"
        as_owner "$bin/initdb" -D "$made/data" -U postgres -A trust -E UTF8 \
            --locale=C.UTF-8 -k --no-sync --no-instructions \
            --wal-segsize=1 >/dev/null
        echo 'CREATE DATABASE smetka' |
            as_owner "$bin/postgres" --single -F -D "$made/data" postgres \
                >/dev/null
        mv -T "$made" "$cache" 2>/dev/null || rm -rf "$made"
    fi
    # A folder in /tmp that somebody else put there is not trusted.
    [ "$(stat -c '%U %a' "$cache")" = "$owner 700" ] ||
        die "$cache is not a private folder of $owner"
    printf '%s\n' "$cache/data"
}

conninfo() { printf "host=%s/run dbname=smetka user=postgres\n" "$1"; }

launch() {
    # shellcheck disable=SC2086
    as_owner "$bin/pg_ctl" -D "$1/data" -s -w -t 60 -l "$1/log" -o "-F \
        -c listen_addresses='' -c unix_socket_directories='$1/run' \
        -c full_page_writes=off -c shared_buffers=32MB \
        -c max_wal_size=64MB \
        -c log_min_messages=fatal ${PGOPTS:-}" start
}

start() {
    local dir=$1 from
    mkdir -p "$dir"
    dir=$(readlink -f "$dir")
    [ ${#dir} -le 85 ] || die "path of the socket would be too long: $dir"
    if [ ! -s "$dir/data/PG_VERSION" ]; then
        from=$(template)
        cp -a "$from" "$dir/data"
    fi
    install -d -o "$owner" -m 0700 "$dir/run"
    if [ "$(id -u)" = 0 ]; then
        touch "$dir/log"
        chown "$owner" "$dir" "$dir/log"
    fi
    launch "$dir"
    conninfo "$dir"
}

stop() {
    as_owner "$bin/pg_ctl" -D "$1/data" -s -w -m "$2" stop 2>/dev/null || true
}

# A copy that follows FROM.  primary_conninfo names it, so that it can be
# made synchronous.
standby() {
    local dir=$1 from=$2
    mkdir -p "$dir"
    dir=$(readlink -f "$dir")
    from=$(readlink -f "$from")
    [ "$(id -u)" != 0 ] || chown "$owner" "$dir"
    as_owner "$bin/pg_basebackup" -D "$dir/data" -R -X stream --no-sync \
        -c fast -d "host=$from/run user=postgres application_name=${dir##*/}"
    start "$dir"
}

postmaster() { head -1 "$1/data/postmaster.pid"; }

# The postmaster's children notice that it has gone and go as well; until then
# their shared memory keeps the next start away.
crash() {
    local pid children child
    pid=$(postmaster "$1")
    children=$(pgrep -P "$pid")
    kill -9 "$pid"
    for child in $children; do
        for _ in $(seq 1000); do
            kill -0 "$child" 2>/dev/null || continue 2
            sleep 0.01
        done
        die "process $child outlives its postmaster"
    done
}

# Stop or wake the whole server as it stands.
everybody() {
    local pid
    pid=$(postmaster "$1")
    # shellcheck disable=SC2046
    kill "-$2" "$pid" $(pgrep -P "$pid")
}

drop() {
    stop "$1" immediate
    rm -rf "$1"
}

run() {
    local dir status=0
    dir=$(mktemp -d /tmp/smetka-pg.XXXXXX)
    # shellcheck disable=SC2064
    trap "drop '$dir'" EXIT
    SMETKA_TEST_DATABASE=$(start "$dir")
    SMETKA_TEST_SERVER=$dir
    export SMETKA_TEST_DATABASE SMETKA_TEST_SERVER
    # the programs that COMMAND starts take such a server, and leave no trace
    export SMETKA_DB__REQUIRE_DURABLE=false SMETKA_DB__TIMELINE_FILE=
    # ended by a signal itself it takes COMMAND along
    setpriv --pdeathsig=TERM -- "$@" || status=$?
    return $status
}

command=${1:-}
shift || true
case $command in
run)
    [ $# -ge 1 ] || die "run what?"
    run "$@"
    ;;
standby)
    [ $# -eq 2 ] || die "standby DIR FROM"
    standby "$1" "$2"
    ;;
start | stop | restart | drop | promote | kill | freeze | thaw)
    [ $# -eq 1 ] || die "$command DIR"
    [ "$command" = start ] || dir=$(readlink -f "$1")
    case $command in
    start) start "$1" ;;
    stop) stop "$dir" immediate ;;
    restart)
        stop "$dir" fast
        launch "$dir"
        ;;
    drop) drop "$dir" ;;
    promote) as_owner "$bin/pg_ctl" -D "$dir/data" -s -w promote ;;
    kill) crash "$dir" ;;
    freeze) everybody "$dir" STOP ;;
    thaw) everybody "$dir" CONT ;;
    esac
    ;;
*) die "start, stop, restart, drop, promote, kill, freeze or thaw DIR," \
    "standby DIR FROM, or run COMMAND" ;;
esac
