#!/usr/bin/env bash
# Build the program as one folder that needs no Python, and let the result test itself.
#
#   scripts/bundle.sh [--model NAME]… [--output DIR]
#
#   --model NAME   put this installed speech model in (base or tiny.en come with the set-up)
#   --output DIR   where the folder whisper-transcriber/ is left (dist/)
#
# In it: whisper-transcriber-desktop, the window, and whisper-transcriber, the command line, which
# is also the worker of both. The self-test runs from a copy in another place, so that nothing of
# this checkout can help it.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"

need_python_library() {
    # Debian keeps the library that a bundle carries apart from the interpreter.
    local package
    package=$("$VENV/bin/python" -c '
import ctypes, sys, sysconfig
library = sysconfig.get_config_var("INSTSONAME") or ""
try:
    ".so" not in library or ctypes.CDLL(library)
except OSError:
    print("libpython%d.%d" % sys.version_info[:2])')
    [[ -z $package ]] || need_debian_package "$package" "Python's shared library"
}

output=$ROOT/dist
models=()
while (($#)); do
    case $1 in
        --model) models+=("${2:?--model needs a name}") && shift ;;
        --output) output=${2:?--output needs a folder} && shift ;;
        -h | --help) sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}" && exit ;;
        *) fail "Unknown option: $1; see scripts/bundle.sh --help" ;;
    esac
    shift
done
mkdir -p "$output"
output=$(cd "$output" && pwd)

set_up dev
export QT_QPA_PLATFORM=offscreen
need_all_window_packages
need_command objdump binutils
need_python_library

folders=''
if ((${#models[@]})); then
    set_up_models
    folders=$(cd "$ROOT" && "$VENV/bin/python" -c '
import os, sys
from engine.speech_models.installed import find_model
print(os.pathsep.join(str(find_model(name)) for name in sys.argv[1:]))' "${models[@]}")
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Building $output/whisper-transcriber …"
# The same sources give the same bytes.
epoch=$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || echo 0)
(cd "$ROOT" && env BUNDLE_MODELS="$folders" PYTHONHASHSEED=1 SOURCE_DATE_EPOCH="$epoch" \
    "$VENV/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$output" \
    --workpath "$work/build" installers/whisper-transcriber.spec </dev/null)

say "The bundle tests itself …"
cp -R "$output/whisper-transcriber" "$work/elsewhere"
cd "$work"
# Models that are in the bundle must be found there, not among the user's.
if ((${#models[@]})); then
    export HOME=$work XDG_DATA_HOME=$work/share WHISPER_TRANSCRIBER_MODELS=
fi
env -u PYTHONPATH -u VIRTUAL_ENV PATH=/usr/bin:/bin \
    "$work/elsewhere/whisper-transcriber-desktop" --data-dir "$work/data" --self-test
"$work/elsewhere/whisper-transcriber" --version
du -sh "$output/whisper-transcriber" | cut -f 1
