#!/usr/bin/env bash
# Set up the tools, then run every gate but the tests; say which failed and how long each took.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"

set_up dev
set_up_node
# pylint imports Qt to look into it, and that needs libraries of the system.
export QT_QPA_PLATFORM=offscreen
prepare_window
cd "$ROOT"
export PATH=$VENV/bin:$PATH
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=()

gate() {
    local name=$1 start=$SECONDS verdict=ok
    shift
    "$@" </dev/null >"$log" 2>&1 || { verdict=FAILED failed+=("$name"); }
    printf '%-12s %-7s %4d s\n' "$name" "$verdict" $((SECONDS - start))
    [[ $verdict == ok ]] || sed 's/^/    /' "$log"
}

python_folders=(engine desktop sync_server tests)
shell_scripts=(scripts/*.sh scripts/lib/*.sh .ci/run)

gate black black --check --quiet --diff "${python_folders[@]}"
gate isort isort --check --diff "${python_folders[@]}"
gate flake8 flake8 "${python_folders[@]}"
gate pylint pylint "${python_folders[@]}"
gate mypy mypy
gate bandit bandit --quiet --recursive --configfile pyproject.toml engine desktop sync_server
gate imports lint-imports
gate shellcheck shellcheck --external-sources --source-path=. "${shell_scripts[@]}"
gate eslint npm run --silent lint
gate prettier npm run --silent format:check
gate workflows zizmor --offline --quiet .github
gate packages python -m pip check

if ((${#failed[@]})); then
    echo "Failed: ${failed[*]}"
    exit 1
fi
echo "All gates passed."
