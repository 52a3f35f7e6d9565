#!/usr/bin/env bash
# Set up the sync server on first use, then serve on this computer, with SQLite in a data directory.
#
#   scripts/run_server.sh [--data-dir DIR] [--host ADDRESS] [--port PORT] [--account EMAIL]
#
# The first start makes one account, for EMAIL (else owner@localhost), and says its password once;
# every start says where to log in. Ctrl+C stops the server. More accounts, and everything else:
# .venv/bin/whisper-transcriber-server --help
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

usage() {
    sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
}

account=owner@localhost place=() address=()
while (($#)); do
    case $1 in
        -h | --help) usage && exit ;;
        --data-dir=* | --host=* | --port=* | --account=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    (($# > 1)) || fail "$1 needs a value, or is no option; see: scripts/run_server.sh --help"
    case $1 in
        --data-dir) place=(--data-dir "$2") ;;
        --host | --port) address+=("$1" "$2") ;;
        --account) account=$2 ;;
        *) fail "There is no option $1; see: scripts/run_server.sh --help" ;;
    esac
    shift 2
done

set_up server
server=$VENV/bin/whisper-transcriber-server
# bash 3.2 takes an empty array for an unset one.
"$server" migrate --quiet ${place[@]+"${place[@]}"}
"$server" user add "$account" --if-none --draw-password ${place[@]+"${place[@]}"}
exec "$server" serve ${place[@]+"${place[@]}"} ${address[@]+"${address[@]}"}
