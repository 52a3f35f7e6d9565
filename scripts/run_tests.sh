#!/usr/bin/env bash
# Set up what the tests need, then run them.
#
#   scripts/run_tests.sh [--all | --engine | --desktop] [--extended | --performance] [--coverage]
#                        [--verbose] [pytest's options and paths]
#
#   --all          everything (the default; the gate)
#   --engine       tests/engine only                       --desktop       tests/desktop only
#   --extended     the long runs instead of the gate       --performance   the measurements instead
#   --coverage     print the branch coverage; with --all, less than 95 % of engine/ or 90 % of the
#                  desktop's store and services is a failure
#   --verbose      name each test
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"

usage() {
    sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
}

part=tests coverage=false marker='not extended and not performance' has_path=false
options=()
while (($#)); do
    case $1 in
        --all) part=tests ;;
        --engine) part=tests/engine ;;
        --desktop) part=tests/desktop ;;
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
$has_path || options+=("$ROOT/$part")

set_up dev
set_up_models
# Qt needs some libraries of the system even where nothing is shown.
export QT_QPA_PLATFORM=offscreen
prepare_window

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

if ! $coverage; then
    run_pytest
    exit
fi

cd "$ROOT"
export COVERAGE_FILE=$ROOT/.coverage
rm -f .coverage .coverage.*
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
run_pytest -m coverage run | tee "$log" || status=$?
"$VENV/bin/coverage" combine --quiet || status=1
"$VENV/bin/coverage" report || status=1
if [[ $part == tests && $marker != extended && $has_path == false ]]; then
    demand_coverage 95 'engine/*'
    demand_coverage 90 'desktop/store/*,desktop/services/*'
fi
tail -n 1 "$log"
exit "$status"
