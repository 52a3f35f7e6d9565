#!/usr/bin/env bash
# Collect the strings of the desktop into desktop/resources/translations/*.ts, and compile these.
# New strings are marked "unfinished" there: write their translation (pyside6-linguist or an editor),
# then run this again. English has plurals only.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

collect() {
    local language=$1
    shift
    "$VENV/bin/pyside6-lupdate" -silent -extensions py -locations none -no-obsolete \
        -source-language en -target-language "$language" "$@" desktop -ts "$FOLDER/$language.ts"
}

set_up dev
cd "$ROOT"
FOLDER=desktop/resources/translations
collect de
collect en -pluralonly
for file in "$FOLDER"/*.ts; do
    "$VENV/bin/pyside6-lrelease" -silent "$file" -qm "${file%.ts}.qm"
done
if grep -n 'type="unfinished"' "$FOLDER"/*.ts; then
    fail "These strings are not translated yet."
fi
