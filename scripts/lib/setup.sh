# shellcheck shell=bash
# Set up .venv/ from the locks. Sourced by the scripts beside this folder; runs on bash 3.2 and later.
#
#   set_up base      what the command line needs     set_up desktop  that and what the window needs
#   set_up server    what the sync server needs      set_up dev      all that and what the tests need
#   set_up_models    the speech models that come with the program
#   set_up_node      what the tests of the web pages need: node_modules/, after set_up dev
#   set_up_kinto     .venv/kinto/, what the server is measured against, after set_up dev
#
# Each leaves a stamp behind, so that nothing is done, and no network used, while its inputs stay
# the same. A set-up that was interrupted is done again from scratch; two at once wait for each other.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VENV=$ROOT/.venv
BUSY=$VENV/.set-up-busy
unset PYTHONHOME PYTHONPATH

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

set_up() {
    local kind=$1 key
    key=$(setup_key "$kind")
    is_set_up "$kind" "$key" && return
    find_python
    need_venv_module
    [[ $kind != dev ]] || need_command git git
    lock_setup
    is_set_up "$kind" "$key" || install_packages "$kind" "$key"
    unlock_setup
}

set_up_models() {
    local stamp=$VENV/.set-up-models key
    key=$(models_key)
    are_models_set_up "$stamp" "$key" && return
    PYTHON=$VENV/bin/python
    lock_setup
    if ! are_models_set_up "$stamp" "$key"; then
        say "Installing the speech models that come with the program …"
        (cd "$ROOT" && "$VENV/bin/python" -m engine.speech_models.starter </dev/null >&2) ||
            fail "The speech models could not be installed; check the network and run this again."
        write_stamp "$stamp" "$key
$(starter_folders)"
    fi
    unlock_setup
}

set_up_node() {
    local stamp=$VENV/.set-up-node key
    key=$(node_key)
    are_modules_set_up "$stamp" "$key" && return
    PYTHON=$VENV/bin/python
    lock_setup
    if ! are_modules_set_up "$stamp" "$key"; then
        say "Installing the tools of the web pages' tests into node_modules/ …"
        rm -f "$stamp"
        install_modules
        write_stamp "$stamp" "$key"
    fi
    unlock_setup
}

set_up_kinto() {
    local stamp=$VENV/.set-up-kinto key
    key=$(cd "$ROOT" && { pwd && cat requirements/kinto.txt; } | checksum)
    [[ ! -f $stamp || $(<"$stamp") != "$key" ]] || return 0
    PYTHON=$VENV/bin/python
    lock_setup
    say "Setting up $VENV/kinto from requirements/kinto.txt …"
    rm -rf "$VENV/kinto"
    "$PYTHON" -m venv "$VENV/kinto" || fail "The environment $VENV/kinto could not be made."
    VENV=$VENV/kinto pip_install --require-hashes --no-deps --only-binary :all: \
        -r "$ROOT/requirements/kinto.txt"
    write_stamp "$stamp" "$key"
    unlock_setup
}

# ---- what a set-up depends on ------------------------------------------------------------------

setup_key() {
    local files=(pyproject.toml scripts/lib/setup.sh)
    case $1 in
        base) files+=(requirements/base.txt) ;;
        desktop) files+=(requirements/base.txt requirements/desktop.txt) ;;
        server) files+=(requirements/server.txt) ;;
        dev) files+=(requirements/{base,desktop,server,dev}.txt) ;;
    esac
    (cd "$ROOT" && { pwd && cat "${files[@]}"; }) | checksum
}

smaller_kinds() {
    # What an environment of this kind holds as well.
    case $1 in
        desktop) echo base ;;
        dev) echo base desktop server ;;
    esac
}

node_key() {
    (cd "$ROOT" && { pwd && cat package.json package-lock.json .npmrc; }) | checksum
}

models_key() {
    local places="${WHISPER_TRANSCRIBER_MODELS:-} ${XDG_DATA_HOME:-} ${HOME:-}"
    (cd "$ROOT" && { pwd && echo "$places" && cat requirements/starter-*.txt; }) | checksum
}

checksum() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

is_set_up() {
    [[ -x $VENV/bin/python && ! -e $BUSY && -f $VENV/.set-up-$1 ]] &&
        [[ $(<"$VENV/.set-up-$1") == "$2" ]]
}

are_models_set_up() {
    [[ -f $1 ]] || return 1
    local key folder count=0
    {
        read -r key
        [[ $key == "$2" ]] || return 1
        while read -r folder; do
            [[ -s $folder/model.bin ]] || return 1
            count=$((count + 1))
        done
    } <"$1"
    ((count > 0))
}

are_modules_set_up() {
    [[ -f $1 && -d $ROOT/node_modules && $(<"$1") == "$2" ]]
}

has_stamp() {
    local kind
    for kind in base desktop server dev; do
        [[ ! -f $VENV/.set-up-$kind ]] || return 0
    done
    return 1
}

starter_folders() {
    "$VENV/bin/python" -c '
from engine.speech_models.installed import find_model
from engine.speech_models.starter import STARTERS
for starter in STARTERS:
    print(find_model(starter.name))'
}

write_stamp() {
    printf '%s\n' "$2" >"$1.new"
    mv "$1.new" "$1"
}

# ---- one set-up at a time ----------------------------------------------------------------------

lock_setup() {
    # The lock belongs to this shell's descriptor and so outlives the Python that takes it;
    # flock(1) would do the same, but macOS has none.
    exec 9>"$ROOT/.venv.lock"
    if ! "$PYTHON" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null; then
        say "Waiting for another set-up to finish …"
        "$PYTHON" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
    fi
}

unlock_setup() {
    exec 9>&-
}

# ---- the packages ------------------------------------------------------------------------------

install_packages() {
    local kind=$1 key=$2 misfits smaller
    say "Setting up $VENV from requirements/$kind.txt (a few minutes the first time) …"
    if [[ -e $BUSY || ! -x $VENV/bin/python ]] || ! has_stamp; then
        rm -rf "$VENV"
        mkdir "$VENV"
        : >"$BUSY"
        "$PYTHON" -m venv "$VENV" || fail "The environment $VENV could not be made."
    fi
    : >"$BUSY"
    # Nothing to resolve: the lock names everything, and Debian's pip takes the newest version of
    # what a package wants with an extra, whatever is pinned.
    pip_install --require-hashes --no-deps --only-binary :all: \
        -r "$ROOT/requirements/$kind.txt"
    pip_install --no-deps --no-build-isolation --no-index --editable "$ROOT"
    # Left busy, so that the next try starts from scratch: something older may be in the way.
    misfits=$(misfitting_packages "$kind") ||
        fail "$misfits"$'\n'"The packages do not fit together; run this again to install all anew."
    write_stamp "$VENV/.set-up-$kind" "$key"
    for smaller in $(smaller_kinds "$kind"); do
        write_stamp "$VENV/.set-up-$smaller" "$(setup_key "$smaller")"
    done
    rm "$BUSY"
}

misfitting_packages() {
    local found
    found=$("$VENV/bin/python" -m pip check </dev/null 2>&1) && return
    # The project names what the engine needs, and a server does without.
    [[ $1 != server ]] || found=$(grep -v '^whisper-transcriber .* is not installed\.$' <<<"$found") ||
        return 0
    echo "$found"
    return 1
}

install_modules() {
    local log=$VENV/.set-up.log
    # “ci” takes exactly what the lock names, by its hashes, and .npmrc keeps it from running scripts.
    if ! (cd "$ROOT" && PATH=$VENV/bin:$PATH npm ci --no-audit --no-fund </dev/null >"$log" 2>&1); then
        cat "$log" >&2
        fail "The tools of the web pages' tests could not be installed; check the network and run this again."
    fi
}

pip_install() {
    local log=$VENV/.set-up.log
    # PIP_USER: a machine set to install for the user only would refuse to fill the environment.
    if ! env PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 "$VENV/bin/python" -m pip install \
        --quiet --no-input --progress-bar off "$@" </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        # An ordinary failure leaves what was installed as it was; only an interruption may not.
        ! has_stamp || rm -f "$BUSY"
        fail "The packages could not be installed; check the network and run this again."
    fi
}

# ---- what the machine must have ----------------------------------------------------------------

find_python() {
    local name
    for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
        [[ -n $name ]] && is_fitting_python "$name" && PYTHON=$name && return
    done
    if can_install && ! command -v python3 >/dev/null; then
        install_debian_packages python3
        is_fitting_python python3 && PYTHON=python3 && return
    fi
    fail "Python 3.11 to 3.14 is needed and was not found; install it, for example with: sudo apt-get install python3"
}

is_fitting_python() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null </dev/null
}

need_venv_module() {
    has_venv_module && return
    # Debian names the package after the version where it is not the system's own Python.
    local package version='import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    package=$("$PYTHON" -c "$version")
    [[ $(python3 -c "$version" 2>/dev/null) != "$package" ]] || package=python3-venv
    need_debian_package "$package" "Python's venv module"
    has_venv_module || fail "Python's venv module is still missing after $package was installed."
}

has_venv_module() {
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null
}

need_command() {
    command -v "$1" >/dev/null || need_debian_package "$2" "$1"
}

need_debian_package() {
    can_install || fail "$2 is missing; install it with: sudo apt-get install $1"
    install_debian_packages "$1"
}

can_install() {
    [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null
}

install_debian_packages() {
    say "Installing from Debian: $* …"
    apt_get install "$@" || { apt_get update && apt_get install "$@"; } ||
        fail "$* could not be installed; try: apt-get update && apt-get install $*"
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}
