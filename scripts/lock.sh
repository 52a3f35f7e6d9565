#!/usr/bin/env bash
# Write the locks in requirements/ anew from pyproject.toml: exact versions with hashes, no addresses.
# Options are passed on to pip-compile, for example: scripts/lock.sh --upgrade
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

lock() {
    local output=$1
    shift
    # The machine's own pip settings (mirrors, local folders) must not leak into the hashes.
    env PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS='' PIP_EXTRA_INDEX_URL='' \
        CUSTOM_COMPILE_COMMAND=scripts/lock.sh \
        "$VENV/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --build-deps-for editable --output-file "requirements/$output" "$@" pyproject.toml
}

set_up dev
cd "$ROOT"
lock base.txt "$@"
lock desktop.txt --extra desktop --constraint requirements/base.txt "$@"
lock dev.txt --extra desktop --extra dev --constraint requirements/desktop.txt "$@"
