"""Hand values from one thread to another, with an upper limit and an end."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Mailbox(Generic[Item]):
    """Queue that can be closed: nobody waits for ever, neither for an item nor for room."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: deque[Item] = deque()
        self._changed = threading.Condition()
        self._is_closed = False

    def put(self, item: Item) -> bool:
        """Add an item; wait while the box is full; False if it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or len(self._items) < self._limit)
            if not self._is_closed:
                self._items.append(item)
                self._changed.notify_all()
            return not self._is_closed

    def take(self, timeout: float | None = None) -> Item | None:
        """Return the next item, what was put in before closing included; None after `timeout`.

        Returns None at once if the box is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or bool(self._items), timeout)
            if not self._items:
                return None
            item = self._items.popleft()
            self._changed.notify_all()
            return item

    def close(self) -> None:
        """Take no more items, and wake everyone who waits."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    @property
    def is_exhausted(self) -> bool:
        """Tell whether the box is closed and empty."""
        with self._changed:
            return self._is_closed and not self._items
