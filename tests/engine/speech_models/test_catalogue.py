"""Test the catalogue's consistency."""

from __future__ import annotations

import pytest
from faster_whisper.utils import _MODELS

from engine.languages import LANGUAGES
from engine.speech_models.catalogue import ALIASES, CATALOGUE, CatalogueEntry, canonical_name

ENTRIES = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)


@ENTRIES
def test_each_entry_has_the_files_that_faster_whisper_needs(entry: CatalogueEntry) -> None:
    names = [file.name for file in entry.files]
    assert {"model.bin", "config.json", "tokenizer.json"} <= set(names)
    assert ("vocabulary.txt" in names) != ("vocabulary.json" in names)
    assert len(names) == len(set(names))
    assert entry.size_bytes == sum(file.size_bytes for file in entry.files)


@ENTRIES
def test_each_hash_and_revision_has_its_form(entry: CatalogueEntry) -> None:
    hashes = [file.sha256 for file in entry.files if file.sha256 is not None]
    assert all(len(each) == 64 and int(each, 16) and each == each.lower() for each in hashes)
    assert all(len(source.revision) == 40 for source in entry.sources)
    assert [file for file in entry.files if file.name == "model.bin"][0].sha256 is not None


def test_no_two_models_share_their_weights() -> None:
    hashes = [
        file.sha256 for entry in CATALOGUE.values() for file in entry.files if "bin" in file.name
    ]
    assert len(hashes) == len(set(hashes)) == len(CATALOGUE)


def test_english_only_models_say_so() -> None:
    assert all(
        CATALOGUE[name].is_english_only == (name.endswith(".en") or name.startswith("distil"))
        for name in CATALOGUE
    )
    assert CATALOGUE["tiny.en"].languages == ("en",)


def test_cantonese_is_known_to_the_third_generation_only() -> None:
    assert set(CATALOGUE["large-v3"].languages) == set(LANGUAGES)
    assert set(LANGUAGES) - set(CATALOGUE["large-v2"].languages) == {"yue"}


def test_short_forms_mean_models_of_the_catalogue() -> None:
    assert all(canonical_name(alias) in CATALOGUE for alias in ALIASES)
    assert canonical_name("turbo") == "large-v3-turbo"
    assert canonical_name("base") == "base"


def test_the_catalogue_knows_the_models_that_faster_whisper_knows() -> None:
    ours = {name: entry.sources[-1].repository for name, entry in CATALOGUE.items()}
    theirs = {name: repo for name, repo in _MODELS.items() if canonical_name(name) == name}
    assert {name: theirs[name] for name in ours} == ours
    assert set(theirs) - set(ours) == {"distil-large-v2"}
