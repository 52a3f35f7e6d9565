"""The documents speak of what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine import __version__
from tests.architecture.source_files import ROOT, documents

LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)")
CODE = re.compile(
    r"`((?:engine|desktop|sync_server|installers|tests|scripts|docs|requirements|\.github|\.ci)/[^`\s]*)`"
)


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", documents(), ids=_relative)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", documents(), ids=_relative)
def test_every_path_that_is_named_exists(document: Path) -> None:
    paths = CODE.findall(document.read_text(encoding="utf-8"))
    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_the_usual_documents_exist(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").startswith("# ")


def test_the_change_log_knows_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[(Unreleased|{re.escape(__version__)})\]", changes, re.MULTILINE)
