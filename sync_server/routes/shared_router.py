"""A router that is registered as it is."""

from __future__ import annotations

from typing import Self

from litestar import Router


class SharedRouter(Router):
    """A router for one application, whose handlers may be methods of objects.

    Litestar deep-copies routers when it registers them, with all that their handlers and guards
    hold: here that would be services with their connections.
    """

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        return self
