# Functions that nginx/up, nginx/down and tests/run share.  Sourced by bash.

# Packages to build, to run and to try Smetka on Debian 12.
SM_BUILD_PACKAGES="build-essential cmake ninja-build pkg-config gettext
 libfcgi-dev libctemplate-dev libpq-dev libssl-dev libcjson-dev
 libcurl4-openssl-dev libxml2-dev libutf8proc-dev libidn2-dev
 libpango1.0-dev libcairo2-dev libqrencode-dev libargon2-dev libzip-dev"
SM_RUN_PACKAGES="nginx postgresql curl postgresql-client openssl jq
 python3-aiosmtpd util-linux ca-certificates fonts-dejavu-core"
SM_ASSET_PACKAGES="npm"

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit "${2:-1}"; }

# installed PACKAGE: true if it, or something that provides it, is there.
installed() {
    case $1 in
    nginx) [ -x /usr/sbin/nginx ] ;;
    npm) command -v npm >/dev/null ;;
    *) dpkg-query -W -f='${Status}' "$1" 2>/dev/null |
        grep -q 'install ok installed' ;;
    esac
}

# need_packages NAME...: install what is missing; an ordinary user is told the
# one line to run as root (exit 3).
need_packages() {
    local missing=() p
    for p in "$@"; do installed "$p" || missing+=("$p"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" != 0 ]; then
        say "Some packages are missing. Run this as root, then try again:"
        say "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
        exit 3
    fi
    say "Installing: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { apt-get update -q &&
        DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q \
            --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "packages could not be installed"
    fi
    rm -f "$log"
}

# Build PRESET into its folder; output only when it fails.
build_preset() {
    local preset=$1 log
    shift
    log=$(mktemp)
    if ! { cmake --preset "$preset" && cmake --build "build/$preset" "$@"; } \
        >"$log" 2>&1; then
        grep -E 'error|Error|FAILED|warning' "$log" | head -n 40 >&2
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "the build of preset $preset failed"
    fi
    rm -f "$log"
}

# The users the parts run as: PostgreSQL refuses root, and nothing else
# needs it either.
if [ "$(id -u)" = 0 ]; then
    SM_DB_USER=postgres
    SM_WEB_USER=www-data
else
    SM_DB_USER=$(id -un)
    SM_WEB_USER=$SM_DB_USER
fi

# as USER COMMAND...: run it as that user, without a login, in / since the
# user may not be able to enter this folder.
as() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec setpriv --reuid="$user" --regid="$(id -g "$user")" \
            --init-groups -- "$@")
    else
        "$@"
    fi
}

# background USER COMMAND...: the same, in a session of its own; $! is its pid.
background() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        setsid env -C / setpriv --reuid="$user" --regid="$(id -g "$user")" \
            --init-groups -- "$@" </dev/null &
    else
        setsid "$@" </dev/null &
    fi
}

pg_bin() {
    local d
    for d in /usr/lib/postgresql/*/bin; do :; done
    printf '%s' "$d"
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# alive PIDFILE: the process it names runs.
alive() { [ -s "$1" ] && kill -0 "$(head -n 1 "$1")" 2>/dev/null; }

# stop_pid PIDFILE SIGNAL SECONDS: ask, wait, insist.
stop_pid() {
    alive "$1" || { rm -f "$1"; return 0; }
    local pid
    pid=$(head -n 1 "$1")
    kill -"$2" "$pid" 2>/dev/null
    wait_for "$3" sh -c "! kill -0 $pid 2>/dev/null" || kill -KILL "$pid"
    rm -f "$1"
}
