#!/usr/bin/env bash
# Set up the program on first use, then open its window.
#
#   scripts/run.sh [--data-dir DIR] [FILE…]
#
# The files and folders are put into the queue. Without a display, or with an option of the command
# line, recordings are transcribed here in the terminal instead:
#
#   scripts/run.sh [FILE…] [-o DIR] [options of “whisper-transcriber transcribe”]
#
# That leaves FILE's .srt, .txt and .json beside FILE, or in DIR. Without FILE it takes the sample
# that the project carries and leaves its files in the current folder.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
# shellcheck source=scripts/lib/window.sh
source "$ROOT/scripts/lib/window.sh"

SAMPLE=$ROOT/engine/resources/sample/jfk.flac
# Options of “transcribe” that are followed by a value; tests/scripts compares them with the program.
VALUED=' -f --format -o --output --cues -m --model -l --language --task --track --channels --start '
VALUED+='--end --beam-size --prompt --hotwords --glossary --temperature --vad-threshold '
VALUED+='--vad-min-speech --vad-min-silence --vad-padding --device --compute-type --replicas '
VALUED+='--data-dir '

has_file=false has_output=false has_option=false is_value=false ends_options=false
for argument in "$@"; do
    if $is_value; then
        is_value=false
        continue
    elif $ends_options; then
        has_file=true
        continue
    fi
    case $argument in
        -h | --help)
            sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"
            echo "Those options: .venv/bin/whisper-transcriber transcribe --help"
            exit
            ;;
        -o* | --output | --output=*) has_output=true has_option=true ;;
        --data-dir | --data-dir=*) ;;
        --) ends_options=true ;;
        -*) has_option=true ;;
        *) has_file=true ;;
    esac
    [[ $VALUED != *" $argument "* ]] || is_value=true
done

if ! $has_option && may_have_display; then
    set_up desktop
    set_up_models
    if prepare_window; then
        exec "$VENV/bin/whisper-transcriber-desktop" "$@"
    fi
    say "There is no display, so the work is done here in the terminal."
fi

arguments=("$@")
if ! $has_file; then
    $has_output || arguments+=(-o .)
    arguments+=("$SAMPLE")
fi

set_up base
set_up_models
exec "$VENV/bin/whisper-transcriber" transcribe "${arguments[@]}"
