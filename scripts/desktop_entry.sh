#!/usr/bin/env bash
# Put the program into the menu and the “open with” lists of this Linux user, or take it out again.
#
#   scripts/desktop_entry.sh [PROGRAM]     PROGRAM: whisper-transcriber-desktop of a bundle; without
#                                          it, scripts/run.sh of this folder
#   scripts/desktop_entry.sh --remove
#
# Nothing is opened with it by itself afterwards: what is the default for a kind of file stays so.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SHARE=${XDG_DATA_HOME:-$HOME/.local/share}
ENTRY=$SHARE/applications/whisper-transcriber.desktop
ICON=$SHARE/icons/hicolor/scalable/apps/whisper-transcriber.svg

refresh() {
    # What shows menus looks for itself sooner or later; this says it now, where it is installed.
    ! command -v update-desktop-database >/dev/null ||
        update-desktop-database --quiet "$SHARE/applications"
}

program=$ROOT/scripts/run.sh
case ${1:-} in
    -h | --help) sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}" && exit ;;
    --remove) rm -f "$ENTRY" "$ICON" && refresh && exit ;;
    -*) echo "Unknown option: $1; see scripts/desktop_entry.sh --help" >&2 && exit 1 ;;
    ?*) program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") ;;
esac
[[ -x $program ]] || { echo "$program is no program." >&2 && exit 1; }

mkdir -p "${ENTRY%/*}" "${ICON%/*}"
cp "$ROOT/desktop/resources/whisper-transcriber.svg" "$ICON"
# A quoted word escapes these four with a backslash, and a value every backslash once more.
quoted=$(sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g' <<<"$program")
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s" %%F\n' "$quoted" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$ROOT/installers/whisper-transcriber.desktop" >"$ENTRY"
refresh
echo "$ENTRY"
