#!/usr/bin/env bash
# Set up what the tests need, then run them.
#
#   scripts/run_tests.sh [--all | PART…] [--extended | --performance] [--coverage] [--verbose]
#                        [pytest's options and paths]
#
#   --all          everything (the default; the gate), or these parts of it:
#   --engine       tests/engine            --desktop       tests/desktop
#   --backend      tests/sync_server, less its pages; on SQLite and PostgreSQL
#   --frontend     the server's web pages: their modules in Jest, the pages in Chromium
#   --integration  tests/integration: the server as a program, and what kills it
#   --extended     the long runs instead of the gate       --performance   the measurements instead
#   --coverage     print the branch coverage; with --all, less than 95 % of engine/ or sync_server/,
#                  or 90 % of the desktop's store and services, is a failure
#   --verbose      name each test
#
# PostgreSQL, Redis and Chromium come from Debian: as root they are installed if they are missing.
# The tests start databases of their own and leave those of the machine alone.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"
# shellcheck source=scripts/lib/services.sh
source "$ROOT/scripts/lib/services.sh"

usage() {
    sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
}

parts=() coverage=false has_path=false
marker='not extended and not performance'
options=()
while (($#)); do
    case $1 in
        --all | --engine | --desktop | --backend | --frontend | --integration) parts+=("${1#--}") ;;
        --extended) marker=extended ;;
        --performance) marker=performance options+=(--capture=no) ;;
        --coverage) coverage=true ;;
        --verbose) options+=(--verbose) ;;
        -h | --help) usage && exit ;;
        *)
            [[ $1 == -* || ! -e ${1%%::*} ]] || has_path=true
            options+=("$1")
            ;;
    esac
    shift
done
((${#parts[@]})) || parts=(all)

asks_for() {
    local part
    for part in "${parts[@]}"; do
        [[ $part != all && $part != "$1" ]] || return 0
    done
    return 1
}

choose_folders() {
    local part
    for part in "${parts[@]}"; do
        case $part in
            all) options+=("$ROOT/tests") ;;
            engine | desktop | integration) options+=("$ROOT/tests/$part") ;;
            backend)
                options+=("$ROOT/tests/sync_server")
                asks_for frontend || options+=(--ignore "$ROOT/$PAGES")
                ;;
            frontend) asks_for backend || options+=("$ROOT/$PAGES") ;;
        esac
    done
}

prepare() {
    set_up dev
    if $has_path || asks_for engine || asks_for desktop || asks_for integration; then
        set_up_models
        prepare_window
    fi
    if $has_path || asks_for backend || asks_for frontend || asks_for integration; then
        need_databases
    fi
    if [[ $marker == performance ]] && asks_for all; then
        set_up_kinto
    fi
    if $has_path || asks_for frontend; then
        need_browser
        set_up_node
    fi
}

# Under tests/sync_server, but they need Chromium and Node.
PAGES=tests/sync_server/web
# Qt needs some libraries of the system even where nothing is shown.
export QT_QPA_PLATFORM=offscreen
prepare
$has_path || choose_folders

run_modules() {
    # The long runs and the measurements are all in Python.
    [[ $has_path == false && $marker == not* ]] && asks_for frontend || return 0
    (cd "$ROOT" && PATH=$VENV/bin:$PATH npm --silent test </dev/null)
}

run_pytest() {
    "$VENV/bin/python" "$@" -m pytest --rootdir "$ROOT" --config-file "$ROOT/pyproject.toml" \
        -m "$marker" "${options[@]}"
}

demand_coverage() {
    local total
    total=$("$VENV/bin/coverage" report --include "$2" --format total)
    echo "Covered of $2: $total % (at least $1 %)"
    ((total >= $1)) || status=1
}

status=0
run_modules || status=$?
if ! $coverage; then
    run_pytest || status=$?
    exit "$status"
fi

cd "$ROOT"
export COVERAGE_FILE=$ROOT/.coverage
rm -f .coverage .coverage.*
log=$(mktemp)
trap 'rm -f "$log"' EXIT
run_pytest -m coverage run | tee "$log" || status=$?
"$VENV/bin/coverage" combine --quiet || status=1
"$VENV/bin/coverage" report || status=1
if [[ ${parts[*]} == all && $marker != extended && $has_path == false ]]; then
    demand_coverage 95 'engine/*'
    demand_coverage 90 'desktop/store/*,desktop/services/*'
    demand_coverage 95 'sync_server/*'
fi
tail -n 1 "$log"
exit "$status"
