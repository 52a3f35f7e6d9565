#!/usr/bin/env bash
# Make the pictures of docs/images/, or with --all those of every screen and state, light and dark.
#
#   scripts/screenshots.sh [--list] [--all] [--output DIR] [NAME…]
#
# They show the real window with a real library; no display is needed. NAME chooses pictures whose
# file name contains it. tests/desktop/scenes.py says what there is to be seen.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"

case ${1:-} in
    -h | --help) sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}" && exit ;;
esac

set_up dev
set_up_models
export QT_QPA_PLATFORM=offscreen
prepare_window
export PYTHONPATH=$ROOT
exec "$VENV/bin/python" -m tests.desktop.screenshots "$@"
