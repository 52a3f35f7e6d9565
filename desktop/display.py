"""Tell what a window needs and this computer lacks, before Qt ends the program for it.

`python -m desktop.display` prints the missing Debian packages, one a line; exit code 1: there is
no display, 3: packages are missing. With `--all` it prints what is missing for any display, for
a bundle carries what the building computer has. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

NO_DISPLAY = 1
PACKAGES_MISSING = 3

_EVERYWHERE = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


ANY_DISPLAY = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
"""An environment in which everything is needed."""


def has_display(environment: Mapping[str, str], system: str = sys.platform) -> bool:
    """Tell whether a window can be seen, or a platform without a screen was asked for."""
    if not system.startswith("linux"):
        return True
    wanted = environment.get("QT_QPA_PLATFORM", "")
    if wanted and wanted.partition(":")[0] not in ("xcb", "wayland"):
        return True
    if environment.get("WAYLAND_DISPLAY"):
        return True
    return bool(environment.get("DISPLAY")) and _answers_as_x11(environment["DISPLAY"])


def missing_packages(
    environment: Mapping[str, str], is_loadable: Callable[[str], bool] | None = None
) -> tuple[str, ...]:
    """Return the Debian packages that a window needs here and that are not installed."""
    can_load = is_loadable or _is_loadable
    needed = dict(_EVERYWHERE)
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if environment.get("WAYLAND_DISPLAY") and platform in ("", "wayland"):
        needed |= _WAYLAND
    if environment.get("DISPLAY") and platform in ("", "xcb"):
        needed |= _X11
    return tuple(package for library, package in needed.items() if not can_load(library))


def explain(packages: Iterable[str]) -> str:
    """Return the sentence that tells how to install what is missing."""
    return (
        "The window needs packages of the system that are missing; install them with: "
        f"sudo apt-get install {' '.join(packages)}"
    )


def _is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers_as_x11(name: str) -> bool:
    """Tell whether an X server answers; a variable may be left over from one that is gone."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # it is installed together with what else is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(name.encode(), None)
    is_connected = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return is_connected


def main(words: Sequence[str]) -> int:
    """Print what is missing on this computer and return the exit code."""
    is_for_all = "--all" in words
    if not is_for_all and not has_display(os.environ):
        return NO_DISPLAY
    environment = ANY_DISPLAY if is_for_all else os.environ
    if sys.platform.startswith("linux") and (packages := missing_packages(environment)):
        sys.stdout.write("\n".join(packages) + "\n")
        return PACKAGES_MISSING
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
