"""Names and addresses: kept in one form, and nothing in them that a database refuses."""

from __future__ import annotations

import pytest

from sync_server.errors import Invalid
from sync_server.services.names import canonical_email, valid_email, valid_name


def test_an_address_is_kept_in_lower_case_without_spaces_around_it() -> None:
    assert valid_email(" Ada.Lovelace@Example.ORG\n") == "ada.lovelace@example.org"
    assert valid_email("J\u00d6rg@x.de") == valid_email("jo\u0308rg@X.DE") == "j\u00f6rg@x.de"
    # There is no capital of it in one character.
    assert valid_email("J\u030c@x.de") == valid_email("\u01f0@x.de")


@pytest.mark.parametrize(
    "typed",
    ["", "ada", "@x.de", "ada@", "a@b@c", "a da@x.de", "a\x00@x.de", "\ud800@x.de"]
    + ["a" * 250 + "@x.de"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert canonical_email(typed) == ""
    with pytest.raises(Invalid):
        valid_email(typed)


def test_a_name_loses_what_nobody_can_see_or_store() -> None:
    assert valid_name(" Ada\u2019s\x00 lap\x1btop \U0001f469\u200d\U0001f52c\n") == (
        "Ada\u2019s laptop \U0001f469\u200d\U0001f52c"
    )
    assert valid_name("x" * 200) == "x" * 200


@pytest.mark.parametrize("typed", ["", " \t", "\x00", "x" * 201])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        valid_name(typed)
