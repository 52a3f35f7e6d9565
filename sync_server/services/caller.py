"""Who asks, as the rules need to know it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Caller:
    """A device of an account that showed a valid token."""

    account_id: UUID
    device_id: UUID
