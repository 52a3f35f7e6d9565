# shellcheck shell=bash
# Find out whether a window can be shown, and see to what it needs. Sourced after setup.sh.

may_have_display() {
    # Cheap, before anything is set up; desktop.display looks closer afterwards.
    case $(uname -s) in
        Linux) [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]] ;;
        Darwin) [[ -z ${SSH_CONNECTION:-} ]] ;;
        *) true ;;
    esac
}

prepare_window() {
    # Fails if there is no display; ends the script if something is missing that it may not install.
    local missing status=0
    missing=$(missing_window_packages) || status=$?
    ((status != 1)) || return 1
    [[ -n $missing ]] || return 0
    # shellcheck disable=SC2086  # one package a line
    install_window_packages $missing
    status=0
    missing=$(missing_window_packages) || status=$?
    # Only now that its library is there can the display itself be asked.
    ((status != 1)) || return 1
    [[ -z $missing ]] ||
        fail "The window still lacks: ${missing//$'\n'/ }; work without it: scripts/run.sh -o ."
}

install_window_packages() {
    can_install ||
        fail "The window needs packages that are missing; install them with: sudo apt-get install $* (or work without a window: scripts/run.sh -o .)"
    install_debian_packages "$@"
}

missing_window_packages() {
    (cd "$ROOT" && "$VENV/bin/python" -m desktop.display "$@" </dev/null)
}

need_all_window_packages() {
    # For what is built here and runs elsewhere.
    local missing
    missing=$(missing_window_packages --all) || true
    # shellcheck disable=SC2086  # one package a line
    [[ -z $missing ]] || install_window_packages $missing
}
