#!/usr/bin/env bash
# Set up the program on first use, then do its main job: write down what is said in recordings.
#
#   scripts/run.sh [FILE…] [-o DIR] [options of “whisper-transcriber transcribe”]
#
# Leaves FILE's .srt, .txt and .json beside FILE, or in DIR. Without FILE it takes the sample that
# the project carries and leaves its files in the current folder.
set -euo pipefail

# shellcheck source=scripts/lib/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

SAMPLE=$ROOT/engine/resources/sample/jfk.flac
# Options of “transcribe” that are followed by a value; tests/scripts compares them with the program.
VALUED=' -f --format -o --output --cues -m --model -l --language --task --track --channels --start '
VALUED+='--end --beam-size --prompt --hotwords --glossary --temperature --vad-threshold '
VALUED+='--vad-min-speech --vad-min-silence --vad-padding --device --compute-type --replicas '
VALUED+='--data-dir '

has_file=false has_output=false is_value=false
for argument in "$@"; do
    if $is_value; then
        is_value=false
        continue
    fi
    case $argument in
        -h | --help) has_file=true ;;
        -o* | --output | --output=*) has_output=true ;;
        -*) ;;
        *) has_file=true ;;
    esac
    [[ $VALUED != *" $argument "* ]] || is_value=true
done

arguments=("$@")
if ! $has_file; then
    $has_output || arguments+=(-o .)
    arguments+=("$SAMPLE")
fi

set_up base
set_up_models
exec "$VENV/bin/whisper-transcriber" transcribe "${arguments[@]}"
