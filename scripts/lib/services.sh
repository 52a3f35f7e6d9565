# shellcheck shell=bash
# See to the programs of the system that the server's tests start by themselves. After setup.sh.
#
#   need_databases   PostgreSQL (15 or later) and Redis     need_browser   Chromium
#
# As root they are installed from Debian, and none of them is started; else they are named.

# Debian starts what it installs, unless this file says 101 (invoke-rc.d(8)).
POLICY=/usr/sbin/policy-rc.d

need_databases() {
    local missing=()
    has_postgresql || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    ((${#missing[@]} == 0)) || install_services "${missing[@]}"
    has_postgresql || fail "PostgreSQL 15 or later is still missing after it was installed."
}

need_browser() {
    command -v chromium >/dev/null || install_services chromium
}

has_postgresql() {
    local folder version
    for folder in /usr/lib/postgresql/*/bin; do
        version=${folder#/usr/lib/postgresql/}
        [[ ! -x $folder/postgres ]] || ((${version%/bin} < 15)) || return 0
    done
    command -v postgres >/dev/null && command -v initdb >/dev/null
}

install_services() {
    can_install ||
        fail "The tests need packages that are missing; install them with: sudo apt-get install $*"
    if [[ -e $POLICY ]]; then
        install_debian_packages "$@"
        return
    fi
    keep_services_stopped
    install_debian_packages "$@"
    let_services_start
}

keep_services_stopped() {
    printf '#!/bin/sh\nexit 101\n' >"$POLICY"
    chmod +x "$POLICY"
    trap let_services_start EXIT
}

let_services_start() {
    rm -f "$POLICY"
    trap - EXIT
}
