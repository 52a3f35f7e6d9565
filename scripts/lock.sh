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
        --output-file "requirements/$output" "$@"
}

lock_project() {
    lock "$@" --build-deps-for editable pyproject.toml
}

server_needs() {
    # The project's own dependencies are those of the engine, and a server decodes nothing.
    "$VENV/bin/python" -c '
import tomllib
with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)
needs = project["build-system"]["requires"] + project["project"]["optional-dependencies"]["server"]
print(*needs, sep="\n")'
}

set_up dev
cd "$ROOT"
lock_project base.txt "$@"
lock_project desktop.txt --extra desktop --constraint requirements/base.txt "$@"
server_needs | lock server.txt --constraint requirements/desktop.txt "$@" -
# In an environment of its own: it needs an older setuptools than we do.
printf 'kinto[postgresql]>=26.5,<27\nwaitress>=3,<4\n' | lock kinto.txt "$@" -
lock_project dev.txt --extra desktop --extra server --extra telemetry --extra dev \
    --constraint requirements/desktop.txt --constraint requirements/server.txt "$@"
