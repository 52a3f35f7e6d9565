#!/usr/bin/env bash
# Set up what the tests need, then run them.
#
#   scripts/run_tests.sh [--all | --engine] [--extended | --performance] [--coverage] [--verbose]
#                        [pytest's options and paths]
#
#   --all          everything (the default; the gate)      --engine        tests/engine only
#   --extended     the long runs instead of the gate       --performance   the measurements instead
#   --coverage     print the branch coverage of engine/; with --all, less than 95 % is a failure
#   --verbose      name each test
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

usage() {
    sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
}

part=tests coverage=false marker='not extended and not performance' has_path=false
options=()
while (($#)); do
    case $1 in
        --all) part=tests ;;
        --engine) part=tests/engine ;;
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

run_pytest() {
    "$VENV/bin/python" "$@" -m pytest --rootdir "$ROOT" --config-file "$ROOT/pyproject.toml" \
        -m "$marker" "${options[@]}"
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
minimum=0
[[ $part != tests || $marker == extended || $has_path == true ]] || minimum=95
"$VENV/bin/coverage" report --fail-under "$minimum" || status=1
tail -n 1 "$log"
exit "$status"
