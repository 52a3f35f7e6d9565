"""Names and e-mail addresses as people type them, in the form in which they are kept."""

from __future__ import annotations

import re
import unicodedata

from sync_server.errors import Invalid
from sync_server.protocol import MAX_NAME

_MAX_EMAIL = 254  # RFC 5321, erratum 1690
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def canonical_email(typed: str) -> str:
    """Return an address as it is kept and compared: in lower case; "" for what is none."""
    address = unicodedata.normalize("NFC", typed.strip().lower())
    is_one = _EMAIL.fullmatch(address) and len(address) <= _MAX_EMAIL and address.isprintable()
    return address if is_one else ""


def valid_email(typed: str) -> str:
    """Return an address as it is kept; raises `Invalid`."""
    address = canonical_email(typed)
    if not address:
        raise Invalid("this is no e-mail address")
    return address


def valid_name(typed: str) -> str:
    """Return a name without what can't be shown or stored; raises `Invalid` if nothing is left."""
    kept = (letter for letter in typed if unicodedata.category(letter) not in ("Cc", "Cs"))
    name = "".join(kept).strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise Invalid(f"a name has 1 to {MAX_NAME} characters")
    return name
